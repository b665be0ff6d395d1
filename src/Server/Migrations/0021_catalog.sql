-- What administrators want otherwise than the catalogue's data files and the settings have it. Few rows, read whole; the version is one more than that of
-- any row before, and whoever writes holds the advisory lock 'catalog', so that no older version is committed after a newer one.
create table catalog_changes (
  kind text not null check (kind in ('model', 'provider', 'type')),
  name text not null check (length(name) between 1 and 200),
  change jsonb not null check (jsonb_typeof(change) = 'object'),
  version bigint not null unique check (version > 0),
  changed_by uuid references accounts on delete set null,
  changed_at timestamptz not null,
  primary key (kind, name)
);

-- What administrators did. The name stays when the account goes.
create table audit_entries (
  id uuid primary key,
  at timestamptz not null,
  account_id uuid references accounts on delete set null,
  actor text not null,
  action text not null,
  target text not null,
  before jsonb,
  after jsonb,
  address text
);

-- Nothing of it is changed or taken away; only the link to an account may go.
create function audit_keep() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.account_id is null and to_jsonb(new) - 'account_id' = to_jsonb(old) - 'account_id' then return new; end if;
  end if;
  raise exception 'audit_entries is append-only';
end $$;
create trigger audit_keep before update or delete on audit_entries for each row execute function audit_keep();
create trigger audit_keep_all before truncate on audit_entries for each statement execute function audit_keep();
