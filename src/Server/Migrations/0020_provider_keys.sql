-- Accounts' own credentials at vendors, sealed with the data-protection keys for this account and provider alone.
create table provider_keys (
  account_id uuid not null references accounts on delete cascade,
  provider text not null,
  sealed_credentials text not null,
  -- By which its owner tells it from others.
  hint text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  -- When the vendor last took it; null while nobody knows.
  checked_at timestamptz,
  primary key (account_id, provider)
);

-- Whether it is made with the account's own key: its price is the platform's fee, and no other key may serve it.
alter table generations add column own_key boolean not null default false;
