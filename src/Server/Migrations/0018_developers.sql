-- Credentials of an hour, for people. Only the SHA-256 is here. The stamp is the account's security stamp as it was: a new password renews that one,
-- and ends every token with it.
create table user_tokens (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  name text not null check (length(name) between 1 and 80),
  last4 text not null,
  hash bytea not null,
  stamp text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz,
  last_used_ip text
);
create unique index user_tokens_hash on user_tokens (hash);
create index user_tokens_account on user_tokens (account_id, created_at desc);
create index user_tokens_age on user_tokens (expires_at);

-- What requests' own webhookUrls were told: they have no endpoint whose index would find them.
create index webhook_deliveries_request on webhook_deliveries (account_id, event_id desc) where endpoint_id is null;
