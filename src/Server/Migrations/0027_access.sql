-- Codes that become credits. Of a code only a keyed hash and its last letters are here: whoever reads this table can redeem nothing.
create table code_batches (
  id uuid primary key,
  note text not null check (length(note) between 1 and 200),
  credits bigint not null check (credits > 0),
  bucket text not null check (bucket in ('promo', 'purchased')),
  codes int not null check (codes > 0),
  uses_per_code int not null check (uses_per_code > 0),
  redeemed bigint not null default 0,
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null,
  check (redeemed between 0 and codes::bigint * uses_per_code)
);

-- Who has used one stands in the ledger, under code:<id>:<account>.
create table redeem_codes (
  id uuid primary key,
  batch_id uuid not null references code_batches on delete restrict,
  hash bytea not null,
  last4 text not null,
  uses int not null default 0 check (uses >= 0)
);
create unique index redeem_codes_hash on redeem_codes (hash);

-- Who brought whom, and what that has brought to both. A time with 0 credits: decided, and nothing given.
create table referrals (
  account_id uuid primary key references accounts on delete cascade,
  referrer_id uuid not null references accounts on delete cascade,
  mailbox text not null,
  network text not null,
  joined_at timestamptz not null,
  welcomed_at timestamptz,
  welcome_credits bigint not null default 0,
  rewarded_at timestamptz,
  reward_credits bigint not null default 0,
  check (account_id <> referrer_id)
);
create unique index referrals_mailbox on referrals (mailbox);
create index referrals_referrer on referrals (referrer_id, joined_at desc);
create index referrals_network on referrals (network, welcomed_at) where welcome_credits > 0;
create index referrals_unwelcomed on referrals (joined_at) where welcomed_at is null;
create index referrals_unrewarded on referrals (joined_at) where rewarded_at is null;

-- Where strangers cannot simply sign up: what they ask, and whom administrators have invited. Neither is an account's, both are forgotten after a while.
create table access_requests (
  id uuid primary key,
  name text not null,
  email text not null,
  normalized_email text not null,
  project text not null,
  status text not null check (status in ('open', 'accepted', 'declined')),
  reason text,
  created_at timestamptz not null,
  decided_at timestamptz,
  check ((status = 'open') = (decided_at is null))
);
create unique index access_requests_open on access_requests (normalized_email) where status = 'open';
create index access_requests_status on access_requests (status, id desc);
create index access_requests_age on access_requests (created_at);

create table invites (
  id uuid primary key,
  email text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index invites_age on invites (expires_at);
