-- What an account's test keys have spent today (UTC). No ledger: these credits are nobody's money, and every midnight they are all there again.
create table test_balances (
  account_id uuid primary key,
  day date not null,
  spent bigint not null check (spent >= 0)
) with (fillfactor = 50);

create function test_reserve(account uuid, at timestamptz, amount bigint, daily bigint) returns credit_reservation language plpgsql as $$
declare
  today date := (at at time zone 'UTC')::date;
  rest bigint;
begin
  insert into test_balances values (account, today, 0) on conflict (account_id) do nothing;
  update test_balances t set day = greatest(t.day, today), spent = case when t.day < today then 0 else t.spent end + amount
    where t.account_id = account and case when t.day < today then 0 else t.spent end + amount <= daily
    returning daily - t.spent into rest;
  if found then return row('ok', rest)::credit_reservation; end if;
  select greatest(0, daily - case when t.day < today then 0 else t.spent end) into rest from test_balances t where t.account_id = account;
  return row('short', rest)::credit_reservation;
end $$;

-- The vendor's name for work that goes on there after it was handed over.
alter table generations add column upstream_id text;

-- Before the caller's 255 characters stands the space of the key: "test:", "page:".
alter table idempotent_requests drop constraint idempotent_requests_key_check;
alter table idempotent_requests add constraint idempotent_requests_key_check check (length(key) <= 300);
