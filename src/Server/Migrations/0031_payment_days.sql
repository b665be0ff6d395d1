-- What is sold is read from the payments, with the money that it brought: no index on the ledger serves that one number.
drop index credit_entries_purchases;

-- The payments of a day of UTC, as they stand: a month is thirty rows, however much is sold.
create table payment_days (
  day date not null,
  currency text not null,
  -- Neither given back nor contested.
  kept bigint not null,
  -- Of packs, and not taken back.
  credits bigint not null,
  primary key (day, currency)
);

create function payment_sums(one payments) returns table (day date, currency text, kept bigint, credits bigint) language sql immutable as $$
  select (one.paid_at at time zone 'UTC')::date, one.currency, greatest(one.amount - one.refunded - one.disputed, 0), case when one.kind = 'plan' then 0 else one.credits - one.reversed end where one.status = 'paid' and one.paid_at is not null
$$;

create function payment_count() returns trigger language plpgsql as $$
begin
  insert into payment_days as d select c.day, c.currency, sum(c.kept), sum(c.credits) from (
    select s.day, s.currency, -s.kept as kept, -s.credits as credits from payment_sums(old) s union all select * from payment_sums(new)) c
    group by 1, 2 having sum(c.kept) <> 0 or sum(c.credits) <> 0
    on conflict on constraint payment_days_pkey do update set kept = d.kept + excluded.kept, credits = d.credits + excluded.credits;
  return null;
end $$;

insert into payment_days select s.day, s.currency, sum(s.kept), sum(s.credits) from payments p cross join lateral payment_sums(p) s group by 1, 2;

-- At the end of a transaction: all payments of a day share a row, and whoever waits for it must hold nothing that its holder still wants.
create constraint trigger payments_counted after insert or update or delete on payments deferrable initially deferred for each row execute function payment_count();
