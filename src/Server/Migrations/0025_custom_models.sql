-- Classifiers that accounts train on examples of their own. Examples and weights lie in the storage, below the account's uploads; the examples until the training has ended.
create table custom_models (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  name text not null check (length(name) between 1 and 80),
  kind text not null check (kind in ('text', 'image')),
  seed int not null check (seed >= 0),
  labels text[] not null check (cardinality(labels) >= 2),
  examples int not null check (examples > 0),
  status text not null default 'queued' check (status in ('queued', 'training', 'ready', 'failed')),
  progress int not null default 0 check (progress between 0 and 100),
  deployed boolean not null default false check (not deployed or status = 'ready'),
  metrics jsonb check ((metrics is not null) = (status = 'ready')),
  error text check ((error is not null) = (status = 'failed')),
  version int not null default 1,
  created_at timestamptz not null,
  completed_at timestamptz check ((completed_at is not null) = (status in ('ready', 'failed')))
);
create index custom_models_account on custom_models (account_id, id desc);
create index custom_models_unended on custom_models (id) where status in ('queued', 'training');
