-- How many generations of an account run at once. One row per account, written by the transaction that starts or ends a generation, after the balance.
-- held ones wait for their account's own slots: they have no job yet. Test runs (keys rpd_sk_test_…) have slots of their own.
create table generation_slots (
  account_id uuid not null,
  test boolean not null,
  active int not null check (active >= 0),
  held int not null check (held >= 0),
  primary key (account_id, test)
) with (fillfactor = 50);
create index generation_slots_held on generation_slots (account_id) where held > 0;

alter table generations
  add column held boolean not null default false,
  add column test boolean not null default false,
  add column deadline_seconds int not null default 900 check (deadline_seconds > 0);
alter table generations alter column held drop default, alter column test drop default, alter column deadline_seconds drop default;
-- A list shows either kind.
drop index generations_account;
create index generations_account on generations (account_id, test, id desc);
create index generations_held on generations (account_id, id) where held;
create index generations_queued on generations (id) where status = 'queued' and not held;
create index generations_batch on generations (batch_id, id desc) where batch_id is not null;
create index generations_comparison on generations (comparison_id, id desc) where comparison_id is not null;

-- What was unfinished when this table came has its slots.
insert into generation_slots select account_id, false, count(*), 0 from generations where status in ('queued', 'processing') group by account_id;

-- Those who wait the longest get what is free: their clocks start and their jobs are made. Answers who they are.
create function generation_admit_held(account uuid, for_test boolean, slots int, at timestamptz) returns setof uuid language plpgsql as $$
declare
  free int;
  admitted uuid[];
begin
  select least(slots - s.active, s.held) into free from generation_slots s where s.account_id = account and s.test = for_test for update;
  if free is null or free <= 0 then return; end if;
  -- A row that somebody is ending or changing is left alone: whoever ends generations comes for the slots first by way of the rows.
  with waiting as (
    select g.id from generations g where g.account_id = account and g.held and g.status = 'queued' and g.test = for_test order by g.id limit free for update skip locked
  ), begun as (
    update generations g set held = false, deadline_at = at + make_interval(secs => g.deadline_seconds), version = g.version + 1
    from waiting w where g.id = w.id returning g.id
  ), queued as (
    insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at)
    select 'generation.submit', 'slow', jsonb_build_object('id', b.id), 'ready', least(at, now()), 3, at from begun b order by b.id
  )
  select array_agg(id) into admitted from begun;
  update generation_slots s set active = s.active + coalesce(cardinality(admitted), 0), held = s.held - coalesce(cardinality(admitted), 0)
    where s.account_id = account and s.test = for_test;
  return query select unnest(admitted);
end $$;

-- How long a model really takes, from its latest completed runs.
create table model_speeds (
  model text primary key,
  samples int not null check (samples > 0),
  p50_ms int not null,
  p95_ms int not null,
  p99_ms int not null,
  measured_at timestamptz not null
);
