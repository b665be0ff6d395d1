-- What proves who somebody is beside the password: codes of an authenticator app, recovery codes and passkeys.

-- The secret is sealed by the key ring. It counts once accounts.two_factor_enabled says so; until then it waits for its first code.
create table authenticators (
  account_id uuid primary key references accounts on delete cascade,
  sealed_secret text not null,
  -- The newest time step that a code was taken from: a code works once.
  last_step bigint not null default 0,
  failed_count int not null default 0,
  rests_until timestamptz,
  created_at timestamptz not null
);

create table recovery_codes (
  account_id uuid not null references accounts on delete cascade,
  hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (account_id, hash)
);

-- Browsers that need no code for a while. The cookie has the token, the row its hash.
create table trusted_browsers (
  hash bytea primary key,
  account_id uuid not null references accounts on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index trusted_browsers_account on trusted_browsers (account_id);
create index trusted_browsers_expiry on trusted_browsers (expires_at);

create table passkeys (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  credential_id bytea not null unique,
  public_key bytea not null,
  name text not null check (length(name) between 1 and 60),
  sign_count bigint not null,
  transports text[] not null,
  backup_eligible boolean not null,
  backed_up boolean not null,
  attestation bytea not null,
  client_data bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_account on passkeys (account_id, created_at);

-- Challenges that have had their answer. One is kept until its seal would have lapsed anyway.
create table spent_challenges (
  id uuid primary key,
  expires_at timestamptz not null
);

-- When the second factor, or a passkey, was last shown in this session; and when its owner last showed anything at all since signing in.
alter table sessions add column second_factor_at timestamptz, add column proved_at timestamptz;
