-- Of which shares of its cap a key's owner is told, and whether it is frozen when it spends far more than it used to.
alter table api_keys
  add column alert_percents int[] not null default '{50,80,100}',
  add column watched boolean not null default true,
  add column frozen_at timestamptz,
  -- After a thaw: until then it is not frozen again.
  add column watched_from timestamptz;

-- The highest share that was told in this window.
alter table api_key_spend add column alerted_percent int not null default 0;

-- Null: the installation's threshold. Told: not again before the balance was well above it.
alter table credit_balances
  add column low_threshold bigint check (low_threshold >= 0),
  add column low_told boolean not null default false;

-- As before, and: the threshold is the account's own where it has chosen one; and once told that the balance is low, it is told again only after the balance was at
-- one and a half times the threshold. A reservation that takes it below and comes back would otherwise tell each time.
create or replace function credit_post(
  account uuid, at timestamptz, kind text, key text,
  promo bigint, allowance bigint, purchased bigint, owed bigint, reserved bigint, revenue bigint, grants bigint, purchases bigint,
  cause_type text, cause_id text, note text)
returns bigint language plpgsql as $$
declare
  b credit_balances;
  before bigint;
  after bigint;
  link bytea;
  threshold bigint;
  told boolean;
begin
  select * into b from credit_balances where account_id = account for update;
  if not found then
    insert into credit_balances (account_id) values (account) on conflict do nothing;
    select * into b from credit_balances where account_id = account for update;
  end if;
  if exists (select 1 from credit_entries e where e.key = credit_post.key) then
    return null;
  end if;
  before := b.promo + b.allowance + b.purchased;
  after := before + credit_post.promo + credit_post.allowance + credit_post.purchased;
  told := b.low_told;
  if (after < before) <> told then
    threshold := coalesce(b.low_threshold, (select value::bigint from installation where name = 'credits.low-balance-threshold'));
    told := case when told then after < threshold + (threshold + 1) / 2 else after < threshold and before >= threshold end;
  end if;
  link := credit_hash(b.hash, account, b.seq + 1, at, kind, key, promo, allowance, purchased, owed, reserved, revenue, grants, purchases, after);
  update credit_balances c set
    promo = c.promo + credit_post.promo,
    allowance = c.allowance + credit_post.allowance,
    purchased = c.purchased + credit_post.purchased,
    owed = c.owed + credit_post.owed,
    reserved = c.reserved + credit_post.reserved,
    seq = c.seq + 1,
    hash = link,
    low_told = told
  where c.account_id = account;
  insert into credit_entries values (account, b.seq + 1, at, kind, key, promo, allowance, purchased, owed, reserved, revenue, grants, purchases,
    after, cause_type, cause_id, note, link);
  if told and not b.low_told then
    perform event_record(account, gen_random_uuid(), 'credits.low', null, json_build_object('balance', after, 'threshold', threshold), at, null);
  end if;
  return after;
end $$;
