create table generations (
  id uuid primary key,
  account_id uuid not null,
  api_key_id uuid,
  face text not null,
  type text not null,
  provider text not null,
  model text not null,
  prompt text,
  negative_prompt text,
  input_image_url text,
  input_video_url text,
  input_audio_url text,
  params jsonb not null,
  ignored_params text[] not null,
  count int not null check (count between 1 and 4),
  title text,
  webhook_url text,
  parent_id uuid,
  comparison_id uuid,
  batch_id uuid,
  status text not null check (status in ('queued', 'processing', 'completed', 'failed', 'cancelled')),
  progress int not null check (progress between 0 and 100),
  visibility text not null check (visibility in ('private', 'unlisted', 'public')),
  error_code text,
  error_message text,
  credits_cost bigint not null check (credits_cost >= 0),
  credits_refunded bigint not null default 0 check (credits_refunded between 0 and credits_cost),
  cap_period text,
  cap_start timestamptz,
  version int not null,
  created_at timestamptz not null,
  started_at timestamptz,
  completed_at timestamptz,
  deadline_at timestamptz not null,
  check ((status in ('completed', 'failed', 'cancelled')) = (completed_at is not null)),
  check ((status = 'failed') = (error_code is not null))
) with (fillfactor = 80);
create index generations_account on generations (account_id, id desc);
create index generations_deadline on generations (deadline_at) where status in ('queued', 'processing');

create table outputs (
  generation_id uuid not null references generations on delete cascade,
  ordinal int not null,
  storage_key text not null,
  content_type text not null,
  width int,
  height int,
  duration_seconds double precision,
  bytes bigint not null,
  blur_hash text,
  thumbnails jsonb not null,
  primary key (generation_id, ordinal)
);

-- A work that is open to others. A new publication has a new id, so that addresses of a former one stay dead.
create table publications (
  id uuid primary key,
  generation_id uuid not null references generations on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  type text not null,
  model text not null,
  listed boolean not null,
  like_count int not null default 0 check (like_count >= 0),
  score double precision not null default 0,
  published_at timestamptz not null
);
create unique index publications_generation on publications (generation_id);
create index publications_newest on publications (published_at desc, id desc) where listed;
create index publications_top on publications (like_count desc, published_at desc, id desc) where listed;
create index publications_trending on publications (score desc, published_at desc, id desc) where listed;
create index publications_account on publications (account_id, published_at desc);

-- The first answer to a request that carried an Idempotency-Key, kept for 24 hours.
create table idempotent_requests (
  account_id uuid not null references accounts on delete cascade,
  key text not null check (length(key) <= 255),
  fingerprint bytea not null,
  status int not null,
  location text,
  body bytea not null,
  created_at timestamptz not null,
  primary key (account_id, key)
);
create index idempotent_requests_age on idempotent_requests (created_at);
