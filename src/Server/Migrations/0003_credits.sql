-- The ledger. One row is one transfer; its columns are the books it moves between, and they must sum to zero.
-- promo, allowance, purchased and owed belong to the account; reserved holds what running work may cost;
-- revenue, grants and purchases are the house's books: they have no row of their own, their totals are sums.

create table credit_balances (
  account_id uuid primary key references accounts on delete restrict,
  promo bigint not null default 0 check (promo >= 0),
  allowance bigint not null default 0 check (allowance >= 0),
  purchased bigint not null default 0 check (purchased >= 0),
  owed bigint not null default 0 check (owed >= 0),
  reserved bigint not null default 0 check (reserved >= 0),
  allowance_until timestamptz,
  seq bigint not null default 0,
  hash bytea not null default '\x0000000000000000000000000000000000000000000000000000000000000000'
) with (fillfactor = 70);

-- No foreign keys on rows that are written for every call, here and in the tables of work: each would lock the account's row once more, a fifth of
-- the rate of paid calls. The balance row, which every posting locks, has one; accounts are marked as deleted and never removed.
create table credit_entries (
  account_id uuid not null,
  seq bigint not null check (seq > 0),
  at timestamptz not null,
  kind text not null check (kind in ('grant', 'reserve', 'settle', 'purchase', 'reversal', 'adjust', 'lapse')),
  key text not null,
  promo bigint not null,
  allowance bigint not null,
  purchased bigint not null,
  owed bigint not null,
  reserved bigint not null,
  revenue bigint not null,
  grants bigint not null,
  purchases bigint not null,
  balance_after bigint not null check (balance_after >= 0),
  cause_type text,
  cause_id text,
  note text,
  hash bytea not null,
  primary key (account_id, seq),
  check (promo + allowance + purchased - owed + reserved + revenue + grants + purchases = 0)
);
-- A business fact moves credits at most once: 'gen:<id>:reserve', 'gen:<id>:settle', 'welcome:<mailbox>', 'stripe:<payment>'.
create unique index credit_entries_key on credit_entries (key);

create function credit_hash(
  previous bytea, account uuid, seq bigint, at timestamptz, kind text, key text,
  promo bigint, allowance bigint, purchased bigint, owed bigint, reserved bigint, revenue bigint, grants bigint, purchases bigint, balance_after bigint)
returns bytea language sql immutable parallel safe as $$
  select sha256(previous || convert_to(concat_ws('|', account, seq, (extract(epoch from at) * 1000000)::bigint, kind, key,
    promo, allowance, purchased, owed, reserved, revenue, grants, purchases, balance_after), 'UTF8'))
$$;

-- The only statement that writes entries: it moves the balance row, links the chain and appends, all under that row's lock.
-- A key that stands already moves nothing and answers null: the fact has been booked.
create function credit_post(
  account uuid, at timestamptz, kind text, key text,
  promo bigint, allowance bigint, purchased bigint, owed bigint, reserved bigint, revenue bigint, grants bigint, purchases bigint,
  cause_type text, cause_id text, note text)
returns bigint language plpgsql as $$
declare
  b credit_balances;
  after bigint;
  link bytea;
begin
  select * into b from credit_balances where account_id = account for update;
  if not found then
    insert into credit_balances (account_id) values (account) on conflict do nothing;
    select * into b from credit_balances where account_id = account for update;
  end if;
  if exists (select 1 from credit_entries e where e.key = credit_post.key) then
    return null;
  end if;
  after := b.promo + b.allowance + b.purchased + credit_post.promo + credit_post.allowance + credit_post.purchased;
  link := credit_hash(b.hash, account, b.seq + 1, at, kind, key, promo, allowance, purchased, owed, reserved, revenue, grants, purchases, after);
  update credit_balances c set
    promo = c.promo + credit_post.promo,
    allowance = c.allowance + credit_post.allowance,
    purchased = c.purchased + credit_post.purchased,
    owed = c.owed + credit_post.owed,
    reserved = c.reserved + credit_post.reserved,
    seq = c.seq + 1,
    hash = link
  where c.account_id = account;
  insert into credit_entries values (account, b.seq + 1, at, kind, key, promo, allowance, purchased, owed, reserved, revenue, grants, purchases,
    after, cause_type, cause_id, note, link);
  return after;
end $$;

create type credit_reservation as (outcome text, balance bigint);

-- Holds the worst price of something before it starts. Outcomes: ok, short (too few credits), owing (a reversal is unpaid), capped (the key's own cap).
-- Spending order: promo (only where it may pay) → allowance → purchased. The entry records the split, so that a release returns each part to its bucket.
create function credit_reserve(
  account uuid, at timestamptz, key text, amount bigint, promo_pays boolean,
  cause_type text, cause_id text, api_key uuid, cap bigint, cap_period text, cap_start timestamptz)
returns credit_reservation language plpgsql as $$
declare
  b credit_balances;
  from_promo bigint;
  from_allowance bigint;
  from_purchased bigint;
  spent_before bigint;
  after bigint;
begin
  if amount < 0 then raise exception 'a reservation cannot be negative'; end if;
  select * into b from credit_balances where account_id = account for update;
  if not found then b.promo := 0; b.allowance := 0; b.purchased := 0; b.owed := 0; end if;
  if amount = 0 then return row('ok', b.promo + b.allowance + b.purchased)::credit_reservation; end if;
  if b.owed > 0 then return row('owing', b.owed)::credit_reservation; end if;
  from_promo := case when promo_pays then least(b.promo, amount) else 0 end;
  from_allowance := least(b.allowance, amount - from_promo);
  from_purchased := amount - from_promo - from_allowance;
  if from_purchased > b.purchased then
    return row('short', (case when promo_pays then b.promo else 0 end) + b.allowance + b.purchased)::credit_reservation;
  end if;
  if cap is not null then
    insert into api_key_spend values (api_key, cap_period, cap_start, 0) on conflict do nothing;
    select s.spent into spent_before from api_key_spend s
      where s.api_key_id = api_key and s.period = cap_period and s.period_start = cap_start for update;
    if spent_before + amount > cap then return row('capped', cap - spent_before)::credit_reservation; end if;
    update api_key_spend s set spent = s.spent + amount
      where s.api_key_id = api_key and s.period = cap_period and s.period_start = cap_start;
  end if;
  after := credit_post(account, at, 'reserve', key, -from_promo, -from_allowance, -from_purchased, 0, amount, 0, 0, 0, cause_type, cause_id, null);
  if after is null then raise exception 'reserved twice: %', key; end if;
  return row('ok', after)::credit_reservation;
end $$;

-- Ends a reservation: captures a part (or all, or nothing) and returns the rest to the buckets it came from, last spent first.
-- Answers the balance afterwards, or null when it had been ended before.
create function credit_settle(account uuid, at timestamptz, reserve_key text, settle_key text, captured bigint, cause_type text, cause_id text)
returns bigint language plpgsql as $$
declare
  held credit_entries;
  back bigint;
  to_purchased bigint;
  to_allowance bigint;
  to_promo bigint;
begin
  perform 1 from credit_balances where account_id = account for update;
  select * into held from credit_entries e where e.key = reserve_key and e.account_id = account;
  if not found then raise exception 'no reservation: %', reserve_key; end if;
  if captured < 0 or captured > held.reserved then raise exception 'cannot capture % of %', captured, held.reserved; end if;
  back := held.reserved - captured;
  to_purchased := least(-held.purchased, back);
  to_allowance := least(-held.allowance, back - to_purchased);
  to_promo := back - to_purchased - to_allowance;
  return credit_post(account, at, 'settle', settle_key, to_promo, to_allowance, to_purchased, 0, -held.reserved, captured, 0, 0, cause_type, cause_id, null);
end $$;

-- Hourly totals in UTC, written by the transaction that settles; read in the reader's own time zone.
create table usage_hours (
  hour timestamptz not null,
  account_id uuid not null references accounts on delete cascade,
  api_key_id uuid not null,
  model text not null,
  face text not null,
  requests bigint not null,
  failed bigint not null,
  credits bigint not null,
  input_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  primary key (account_id, hour, api_key_id, model, face)
);
