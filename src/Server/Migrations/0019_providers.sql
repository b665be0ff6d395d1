-- What was handed to vendors: a row for each try of each part of a generation. It is written before the vendor is called, so that after a crash nobody
-- submits what may have been taken.
create table submissions (
  id uuid primary key,
  generation_id uuid not null references generations on delete cascade,
  part int not null check (part >= 0),
  try int not null check (try >= 0),
  provider text not null,
  -- The catalogue's id of the model that served it; another than the generation's when it went another way.
  model text not null,
  own_key boolean not null,
  -- Outputs that were asked for.
  count int not null check (count > 0),
  state text not null check (state in ('sending', 'unknown', 'taken', 'made', 'failed')),
  upstream_id text,
  outputs jsonb,
  -- The vendor's name for the first output, by which a later run can go on from it.
  upstream_output text,
  fault text,
  -- The vendor's own words, for whoever looks after this server.
  detail text,
  retry_at timestamptz,
  fetches int not null default 0,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  unique (generation_id, part, try),
  check ((state in ('taken', 'made')) <= (upstream_id is not null or state = 'made')),
  check ((state = 'failed') = (fault is not null))
) with (fillfactor = 80);
create index submissions_open on submissions (provider) where state in ('sending', 'unknown', 'taken');
create index submissions_latest on submissions (provider, changed_at desc);

alter table outputs add column seed bigint check (seed >= 0);

-- Slow work of this server itself in one lane, each vendor's in its own: none of them waits for another.
create function generation_lane(provider text, test boolean) returns text language sql immutable as
  $$ select case when test or provider in ('studio', 'sandbox') then 'slow' else provider end $$;

create or replace function generation_admit_held(account uuid, for_test boolean, slots int, at timestamptz) returns setof uuid language plpgsql as $$
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
    from waiting w where g.id = w.id returning g.id, generation_lane(g.provider, g.test) as lane
  ), queued as (
    insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at)
    select 'generation.submit', b.lane, jsonb_build_object('id', b.id), 'ready', least(at, now()), 3, at from begun b order by b.id
  )
  select array_agg(id) into admitted from begun;
  update generation_slots s set active = s.active + coalesce(cardinality(admitted), 0), held = s.held - coalesce(cardinality(admitted), 0)
    where s.account_id = account and s.test = for_test;
  return query select unnest(admitted);
end $$;
