-- Who an account is at Stripe. reading counts the looks at Stripe's objects of this account: what was read before somebody else began to read is not written.
create table billing_customers (
  account_id uuid primary key references accounts on delete restrict,
  stripe_id text not null unique,
  reading bigint not null default 0,
  -- The open payment page of a plan: opening another one ends it.
  checkout text,
  created_at timestamptz not null
);

-- What was paid, or is about to be. Amounts are in the currency's smallest unit, as Stripe counts them.
create table payments (
  id uuid primary key,
  account_id uuid not null references accounts on delete restrict,
  kind text not null check (kind in ('pack', 'top-up', 'plan')),
  what text not null,
  payment_intent text unique,
  invoice text unique,
  -- Of a plan.
  subscription text check ((subscription is not null) = (kind = 'plan')),
  credits bigint not null check (credits >= 0),
  amount bigint not null check (amount >= 0),
  currency text not null,
  status text not null check (status in ('pending', 'paid', 'failed')),
  refunded bigint not null default 0 check (refunded >= 0),
  disputed bigint not null default 0 check (disputed >= 0),
  -- Credits that were taken back, and how often that changed: each change is a transfer of its own.
  reversed bigint not null default 0 check (reversed >= 0),
  reversals integer not null default 0,
  failure text,
  receipt_url text,
  invoice_url text,
  invoice_pdf text,
  created_at timestamptz not null,
  paid_at timestamptz
);
create index payments_account on payments (account_id, created_at desc, id desc);
create index payments_subscription on payments (subscription, created_at desc) where subscription is not null;
create index payments_all on payments (created_at desc, id desc);
-- With what the sums of a month need.
create index payments_paid on payments (paid_at) include (currency, amount, refunded, disputed) where status = 'paid';
create unique index payments_one_top_up on payments (account_id) where kind = 'top-up' and status = 'pending';

-- Plans that are paid for, as Stripe says. An account has one that lives, at most.
create table subscriptions (
  id text primary key,
  account_id uuid not null references accounts on delete restrict,
  plan text not null,
  interval text not null check (interval in ('month', 'year')),
  status text not null,
  started_at timestamptz not null,
  period_end timestamptz not null,
  -- Until when its allowance comes; null before the first payment.
  paid_until timestamptz,
  ends_at_period_end boolean not null,
  amount bigint not null,
  currency text not null,
  -- The month whose allowance has come, and how much of it.
  granted_month text,
  granted bigint not null default 0,
  allowance_next timestamptz,
  updated_at timestamptz not null
);
create unique index subscriptions_one on subscriptions (account_id) where status in ('trialing', 'active', 'past_due', 'unpaid', 'paused');
create index subscriptions_allowance on subscriptions (allowance_next) where allowance_next is not null;

-- What Stripe has told, once each; handled by a job, and forgotten after a while.
create table stripe_events (
  id text primary key,
  type text not null,
  object jsonb not null,
  created_at timestamptz not null,
  received_at timestamptz not null,
  handled_at timestamptz
);
create index stripe_events_handled on stripe_events (handled_at);

-- Credits that buy themselves when few are left.
create table top_ups (
  account_id uuid primary key references accounts on delete restrict,
  active boolean not null,
  threshold bigint not null check (threshold >= 0),
  pack text not null,
  -- The most that may be paid this way in a calendar month of UTC, in the currency's smallest unit.
  ceiling bigint not null check (ceiling > 0),
  failures integer not null default 0,
  not_before timestamptz,
  updated_at timestamptz not null
);
create index top_ups_active on top_ups (account_id) where active;

alter table credit_balances add column allowance_since timestamptz;
create index credit_balances_allowance on credit_balances (allowance_until) where allowance > 0;

-- Bought credits. What is owed is repaid first.
create function credit_purchase(account uuid, at timestamptz, key text, credits bigint, cause_id text, note text) returns bigint language plpgsql as $$
declare
  repaid bigint;
begin
  if credits <= 0 then raise exception 'a purchase is more than nothing'; end if;
  select least(b.owed, credits) into repaid from credit_balances b where b.account_id = account for update;
  repaid := coalesce(repaid, 0);
  return credit_post(account, at, 'purchase', key, 0, 0, credits - repaid, -repaid, 0, 0, 0, -credits, 'payment', cause_id, note);
end $$;

-- A payment that went back: takes what is left of what it brought, and books the rest as owed.
create function credit_reverse(account uuid, at timestamptz, key text, credits bigint, of_plan boolean, cause_id text, note text) returns bigint language plpgsql as $$
declare
  taken bigint;
begin
  if credits <= 0 then raise exception 'a reversal is more than nothing'; end if;
  select least(case when of_plan then b.allowance else b.purchased end, credits) into taken from credit_balances b where b.account_id = account for update;
  taken := coalesce(taken, 0);
  return credit_post(account, at, 'reversal', key, 0, case when of_plan then -taken else 0 end, case when of_plan then 0 else -taken end, credits - taken, 0, 0,
    case when of_plan then credits else 0 end, case when of_plan then 0 else credits end, 'payment', cause_id, note);
end $$;

-- The way back, when the money comes after all: a dispute was won, a refund failed.
create function credit_return(account uuid, at timestamptz, key text, credits bigint, of_plan boolean, cause_id text, note text) returns bigint language plpgsql as $$
declare
  repaid bigint;
begin
  if credits <= 0 then raise exception 'what comes back is more than nothing'; end if;
  select least(b.owed, credits) into repaid from credit_balances b where b.account_id = account for update;
  repaid := coalesce(repaid, 0);
  return credit_post(account, at, 'reversal', key, 0, case when of_plan then credits - repaid else 0 end, case when of_plan then 0 else credits - repaid end, -repaid, 0, 0,
    case when of_plan then -credits else 0 end, case when of_plan then 0 else -credits end, 'payment', cause_id, note);
end $$;

-- An allowance ends with its month.
create function credit_lapse(account uuid, at timestamptz) returns bigint language plpgsql as $$
declare
  b credit_balances;
begin
  select * into b from credit_balances where account_id = account for update;
  if not found or b.allowance = 0 or b.allowance_until is null or b.allowance_until > at then return null; end if;
  return credit_post(account, at, 'lapse', 'allowance:' || account || ':' || b.seq || ':lapse', 0, -b.allowance, 0, 0, 0, 0, b.allowance, 0, null, null, null);
end $$;

-- A month's allowance, or what a better plan adds to it. Null: it has come already; then what is left of it lasts until the new end.
create function credit_allowance(account uuid, at timestamptz, key text, credits bigint, since timestamptz, until timestamptz, note text) returns bigint language plpgsql as $$
declare
  after bigint;
begin
  if credits <= 0 then raise exception 'an allowance is more than nothing'; end if;
  perform credit_lapse(account, at);
  after := credit_post(account, at, 'grant', key, 0, credits, 0, 0, 0, 0, -credits, 0, null, null, note);
  update credit_balances b set allowance_since = since, allowance_until = until where b.account_id = account;
  return after;
end $$;

-- As before, and: what comes back into an allowance whose month is over lapses in the same breath.
create or replace function credit_settle(account uuid, at timestamptz, reserve_key text, settle_key text, captured bigint, cause_type text, cause_id text)
returns bigint language plpgsql as $$
declare
  held credit_entries;
  since timestamptz;
  back bigint;
  to_purchased bigint;
  to_allowance bigint;
  to_promo bigint;
  after bigint;
begin
  select b.allowance_since into since from credit_balances b where b.account_id = account for update;
  select * into held from credit_entries e where e.key = reserve_key and e.account_id = account;
  if not found then raise exception 'no reservation: %', reserve_key; end if;
  if captured < 0 or captured > held.reserved then raise exception 'cannot capture % of %', captured, held.reserved; end if;
  back := held.reserved - captured;
  to_purchased := least(-held.purchased, back);
  to_allowance := least(-held.allowance, back - to_purchased);
  to_promo := back - to_purchased - to_allowance;
  after := credit_post(account, at, 'settle', settle_key, to_promo, to_allowance, to_purchased, 0, -held.reserved, captured, 0, 0, cause_type, cause_id, null);
  if after is not null and to_allowance > 0 and held.at < since then
    after := credit_post(account, at, 'lapse', settle_key || ':lapse', 0, -to_allowance, 0, 0, 0, 0, to_allowance, 0, cause_type, cause_id, null);
  end if;
  return after;
end $$;
