-- Credits that a node has set aside for calls which are too many and too short for a posting each. They stand among the reserved ones; the row says
-- what is left of them, by bucket. Locks come in the order balance → lease.
create table credit_leases (
  id uuid primary key,
  account_id uuid not null,
  api_key_id uuid,
  cap_period text,
  cap_start timestamptz,
  promo bigint not null check (promo >= 0),
  allowance bigint not null check (allowance >= 0),
  purchased bigint not null check (purchased >= 0),
  draws integer not null,
  settled integer not null default 0,
  until timestamptz not null,
  check (num_nulls(api_key_id, cap_period, cap_start) in (0, 3))
) with (fillfactor = 50);
create index credit_leases_until on credit_leases (until);
create index credit_leases_account on credit_leases (account_id);

-- Sets amount aside, and up to more where that leaves the account, and its key's cap, nine tenths of the rest: others want to spend, too.
create function lease_draw(
  lease uuid, account uuid, at timestamptz, amount bigint, more bigint, promo_pays boolean,
  api_key uuid, cap bigint, period text, period_start timestamptz, lasts interval, out outcome text, out balance bigint, out drawn bigint)
language plpgsql as $$
declare
  spendable bigint;
  uncapped bigint;
  draw integer;
  r credit_reservation;
  e credit_entries;
begin
  select case when promo_pays then b.promo else 0 end + b.allowance + b.purchased into spendable from credit_balances b where b.account_id = account for update;
  if cap is not null then
    select cap - coalesce(max(s.spent), 0) into uncapped from api_key_spend s
      where s.api_key_id = api_key and s.period = lease_draw.period and s.period_start = lease_draw.period_start;
  end if;
  drawn := amount + greatest(0, least(more, (coalesce(spendable, 0) - amount) / 10, (uncapped - amount) / 10));
  select l.draws + 1 into draw from credit_leases l where l.id = lease;
  draw := coalesce(draw, 1);
  r := credit_reserve(account, at, 'lease:' || lease || ':draw:' || draw, drawn, promo_pays, 'calls', lease::text, api_key, cap, period, period_start);
  outcome := r.outcome;
  balance := r.balance;
  if outcome <> 'ok' then
    drawn := 0;
    return;
  end if;
  select * into e from credit_entries where key = 'lease:' || lease || ':draw:' || draw;
  insert into credit_leases as l (id, account_id, api_key_id, cap_period, cap_start, promo, allowance, purchased, draws, until)
    values (lease, account, case when cap is not null then api_key end, period, period_start, coalesce(-e.promo, 0), coalesce(-e.allowance, 0), coalesce(-e.purchased, 0), draw, now() + lasts)
    on conflict (id) do update set promo = l.promo + excluded.promo, allowance = l.allowance + excluded.allowance, purchased = l.purchased + excluded.purchased, draws = draw,
      until = excluded.until;
end $$;

-- Books what calls have cost since the last time, with their usage, and says that the node lives. The same number again books nothing: its answer was lost.
-- False: there is no such lease any more.
create function lease_settle(
  lease uuid, account uuid, at timestamptz, number integer, captured bigint, lasts interval,
  keys uuid[], models text[], faces text[], requests bigint[], failed bigint[], credits bigint[], input_tokens bigint[], output_tokens bigint[])
returns boolean language plpgsql as $$
declare
  l credit_leases;
  from_promo bigint;
  from_allowance bigint;
begin
  perform 1 from credit_balances where account_id = account for update;
  select * into l from credit_leases where id = lease for update;
  if not found then return false; end if;
  if l.settled >= number then return true; end if;
  from_promo := least(l.promo, captured);
  from_allowance := least(l.allowance, captured - from_promo);
  update credit_leases c set promo = c.promo - from_promo, allowance = c.allowance - from_allowance, purchased = c.purchased - (captured - from_promo - from_allowance),
    settled = number, until = now() + lasts where c.id = lease;
  if captured > 0 then
    perform credit_post(account, at, 'settle', 'lease:' || lease || ':settle:' || number, 0, 0, 0, 0, -captured, captured, 0, 0, 'calls', lease::text, null);
  end if;
  insert into usage_hours as u (hour, account_id, api_key_id, model, face, requests, failed, credits, input_tokens, output_tokens)
    select date_trunc('hour', at, 'UTC'), account, s.* from unnest(keys, models, faces, requests, failed, credits, input_tokens, output_tokens) s
    on conflict (account_id, hour, api_key_id, model, face) do update set
      requests = u.requests + excluded.requests, failed = u.failed + excluded.failed, credits = u.credits + excluded.credits,
      input_tokens = u.input_tokens + excluded.input_tokens, output_tokens = u.output_tokens + excluded.output_tokens;
  return true;
end $$;

-- Gives back what is left. False: that has been done.
create function lease_return(lease uuid, account uuid, at timestamptz) returns boolean language plpgsql as $$
declare
  l credit_leases;
  rest bigint;
begin
  perform 1 from credit_balances where account_id = account for update;
  delete from credit_leases where id = lease returning * into l;
  if not found then return false; end if;
  rest := l.promo + l.allowance + l.purchased;
  if rest = 0 then return true; end if;
  perform credit_post(account, at, 'settle', 'lease:' || lease || ':return', l.promo, l.allowance, l.purchased, 0, -rest, 0, 0, 0, 'calls', lease::text, null);
  update api_key_spend s set spent = s.spent - rest where s.api_key_id = l.api_key_id and s.period = l.cap_period and s.period_start = l.cap_start;
  return true;
end $$;
