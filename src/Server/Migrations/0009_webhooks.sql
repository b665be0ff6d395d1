-- Events that are told outside have an id of their own; it is the webhook's id and the feed's. The data is kept as it was written (json, not jsonb):
-- it is a frozen body, in the order in which people read it.
alter table events add column uid uuid;
alter table events alter column data type json;
-- The order of the feed: transactions as they began, and within one as written. A reader stops before the oldest that is still open.
create index events_feed on events (account_id, transaction_id, id) where uid is not null;
drop index events_account;

create table webhook_endpoints (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  url text not null,
  events text[] not null,
  description text,
  status text not null check (status in ('active', 'paused', 'disabled')),
  status_reason text,
  secret text not null,
  old_secret text,
  old_secret_until timestamptz,
  -- Since when there has been nothing but failure.
  failing_since timestamptz,
  created_at timestamptz not null,
  check ((old_secret is null) = (old_secret_until is null))
);
create index webhook_endpoints_account on webhook_endpoints (account_id, id desc);

-- What a request's own webhookUrl is signed with; sealed by the key ring like the endpoints' secrets.
create table webhook_secrets (
  account_id uuid primary key references accounts on delete cascade,
  secret text not null,
  old_secret text,
  old_secret_until timestamptz,
  created_at timestamptz not null,
  check ((old_secret is null) = (old_secret_until is null))
);

-- A queue of its own: one row for each event and receiver. A claim moves next_attempt_at to the end of its lease, so what a killed node held comes due
-- again by itself; the fence keeps its late result out.
create table webhook_deliveries (
  id uuid primary key,
  event_id bigint not null,
  account_id uuid not null,
  endpoint_id uuid,
  url text,
  -- Who shares a bound of concurrency: an endpoint, or an account's requests to one host.
  target uuid not null,
  uid uuid not null,
  test boolean not null default false,
  state text not null check (state in ('pending', 'delivered', 'failed', 'cancelled')),
  attempt int not null default 0,
  step int not null default 0,
  fence int not null default 0,
  next_attempt_at timestamptz,
  lease_until timestamptz,
  response_status int,
  latency_ms int,
  excerpt text,
  error text,
  created_at timestamptz not null,
  check ((endpoint_id is null) = (url is not null)),
  check ((state = 'pending') = (next_attempt_at is not null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
create index webhook_deliveries_due on webhook_deliveries (next_attempt_at) where state = 'pending';
create index webhook_deliveries_endpoint on webhook_deliveries (endpoint_id, event_id desc);
create index webhook_deliveries_age on webhook_deliveries (created_at);

create table webhook_attempts (
  delivery_id uuid not null,
  attempt int not null,
  at timestamptz not null,
  response_status int,
  latency_ms int not null,
  excerpt text,
  error text,
  primary key (delivery_id, attempt)
);

create table notifications (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  kind text not null,
  -- Unread ones with the same key are one row.
  group_key text not null,
  title text not null,
  link text,
  count int not null default 1 check (count > 0),
  -- The latest who caused it, so that somebody who likes, unlikes and likes again counts once.
  actors uuid[] not null default '{}',
  read_at timestamptz,
  created_at timestamptz not null
);
create unique index notifications_group on notifications (account_id, group_key) where read_at is null;
create index notifications_age on notifications (created_at);
create index notifications_account on notifications (account_id, created_at desc, id desc);

-- The writer of events that are told outside. In the caller's transaction: the event, a delivery for each active listener, and the job that notifies.
-- Answers whether there is something to deliver.
create function event_record(for_account uuid, event_uid uuid, event_name text, event_subject uuid, event_data json, event_at timestamptz, request_url text)
returns boolean language plpgsql as $$
declare
  told bigint;
  queued boolean := false;
begin
  insert into events (uid, account_id, name, subject_id, data, at) values (event_uid, for_account, event_name, event_subject, event_data, event_at) returning id into told;
  if request_url is not null or exists (select 1 from webhook_endpoints where account_id = for_account) then
    insert into webhook_deliveries (id, event_id, account_id, endpoint_id, url, target, uid, state, next_attempt_at, created_at)
    select gen_random_uuid(), told, for_account, e.id, null, e.id, event_uid, 'pending', event_at, event_at
      from webhook_endpoints e where e.account_id = for_account and e.status = 'active' and event_name = any(e.events)
    union all
    select gen_random_uuid(), told, for_account, null, request_url, md5(for_account || split_part(request_url, '/', 3))::uuid, event_uid, 'pending', event_at, event_at
      where request_url is not null;
    queued := found;
  end if;
  -- A test key's runs are looked at by who runs them.
  if event_name in ('generation.failed', 'credits.low') and event_data ->> 'test' is distinct from 'true' then
    insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at)
    values ('notification.write', 'quick', jsonb_build_object('event', told), 'ready', least(event_at, now()), 8, event_at);
  end if;
  return queued;
end $$;

-- As before, and: a balance that falls through the threshold says so, in the same transaction and under the same lock, so once for each fall. The
-- threshold is the setting Credits:LowBalanceThreshold, which the server writes down when it starts.
create or replace function credit_post(
  account uuid, at timestamptz, kind text, key text,
  promo bigint, allowance bigint, purchased bigint, owed bigint, reserved bigint, revenue bigint, grants bigint, purchases bigint,
  cause_type text, cause_id text, note text)
returns bigint language plpgsql as $$
declare
  b credit_balances;
  after bigint;
  link bytea;
  threshold bigint;
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
  if after < b.promo + b.allowance + b.purchased then
    select value::bigint into threshold from installation where name = 'credits.low-balance-threshold';
    if after < threshold and b.promo + b.allowance + b.purchased >= threshold then
      perform event_record(account, gen_random_uuid(), 'credits.low', null, json_build_object('balance', after, 'threshold', threshold), at, null);
    end if;
  end if;
  return after;
end $$;
