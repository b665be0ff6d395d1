-- Only the SHA-256 of a key is here. During a rotation the former secret stays valid until old_hash_until.

create table api_keys (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  name text not null check (length(name) between 1 and 80),
  prefix text not null,
  last4 text not null,
  hash bytea not null,
  old_hash bytea,
  old_hash_until timestamptz,
  scopes text[] not null,
  expires_at timestamptz,
  cap_credits bigint check (cap_credits > 0),
  cap_period text check (cap_period in ('day', 'week', 'month', 'total')),
  allowed_ips text[] not null default '{}',
  last_used_at timestamptz,
  last_used_ip text,
  disabled_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null,
  check ((cap_credits is null) = (cap_period is null)),
  check ((old_hash is null) = (old_hash_until is null))
);
create unique index api_keys_hash on api_keys (hash);
create unique index api_keys_old_hash on api_keys (old_hash) where old_hash is not null;
create index api_keys_account on api_keys (account_id, created_at desc);

-- What a capped key has spent in a window; guarded by the ledger's reserve function.
create table api_key_spend (
  api_key_id uuid not null references api_keys on delete cascade,
  period text not null,
  period_start timestamptz not null,
  spent bigint not null check (spent >= 0),
  primary key (api_key_id, period, period_start)
);
