-- Usage of all accounts together, written down once for each hour when it is over: an hour that is over changes no more, and sums of a year are read from thousands of rows
-- instead of millions.
create table house_usage (
  -- What of the hour: all of it, what one model did, what came in by one face.
  part text not null check (part in ('all', 'model', 'face')),
  hour timestamptz not null,
  -- Of the model or the face; empty for all.
  name text not null,
  requests bigint not null,
  failed bigint not null,
  credits bigint not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  primary key (part, hour, name)
);

-- The same by account, for days of UTC.
create table house_usage_accounts (
  day date not null,
  account_id uuid not null,
  requests bigint not null,
  failed bigint not null,
  credits bigint not null,
  -- With all that is asked of it: a month of a busy house is a hundred thousand rows.
  primary key (day, account_id) include (requests, failed, credits)
);

-- And for weeks of UTC, by their Mondays: a month is read from four of them and a few days.
create table house_usage_account_weeks (
  week date not null,
  account_id uuid not null,
  requests bigint not null,
  failed bigint not null,
  credits bigint not null,
  primary key (week, account_id) include (requests, failed, credits)
);

-- Hours that were summed: all up to the latest.
create table house_usage_hours (hour timestamptz primary key);

-- Sums one hour; again it does nothing.
create function house_usage_sum(summed timestamptz) returns boolean language plpgsql as $$
begin
  insert into house_usage_hours values (summed) on conflict do nothing;
  if not found then return false; end if;
  insert into house_usage select case when grouping(model) = 0 then 'model' when grouping(face) = 0 then 'face' else 'all' end, hour, coalesce(model, face, ''),
    sum(requests), sum(failed), sum(credits), sum(input_tokens), sum(output_tokens) from usage_hours where hour = summed group by grouping sets ((hour), (hour, model), (hour, face));
  insert into house_usage_accounts as a select (summed at time zone 'UTC')::date, account_id, sum(requests), sum(failed), sum(credits) from usage_hours where hour = summed group by account_id
    on conflict (day, account_id) do update set requests = a.requests + excluded.requests, failed = a.failed + excluded.failed, credits = a.credits + excluded.credits;
  insert into house_usage_account_weeks as a select date_trunc('week', summed at time zone 'UTC')::date, account_id, sum(requests), sum(failed), sum(credits) from usage_hours where hour = summed group by account_id
    on conflict (week, account_id) do update set requests = a.requests + excluded.requests, failed = a.failed + excluded.failed, credits = a.credits + excluded.credits;
  return true;
end $$;
