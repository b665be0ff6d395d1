-- What administrators look at: sums over all accounts, by hour.
create index usage_hours_hour on usage_hours (hour);
create index credit_entries_purchases on credit_entries (at) include (purchased) where kind = 'purchase';

-- Webhooks that need somebody: very few of all.
create index webhook_endpoints_troubled on webhook_endpoints (id desc) where status = 'disabled' or status_reason is not null or failing_since is not null;

-- Accounts are found by how an address, a handle or an id begins, and listed newest first by what they have in common.
create index accounts_email_begins on accounts (normalized_email text_pattern_ops);
create index accounts_handle_begins on accounts (handle text_pattern_ops);
create index accounts_plan on accounts (plan, id desc);
create index accounts_status on accounts (status, id desc) where status <> 'active';
create index accounts_role on accounts (role, id desc) where role <> 'user';

-- What was done to one thing.
create index audit_entries_target on audit_entries (target, id desc);
create index audit_entries_actor on audit_entries (account_id, id desc);
create index audit_entries_action on audit_entries (action text_pattern_ops, id desc);

-- A statement narrowed to what happens seldom. What each generation does is found by the account's own numbering, and shall cost no index more.
create index credit_entries_seldom on credit_entries (account_id, kind, seq desc) where kind not in ('reserve', 'settle');

-- Gives back a part of what was captured, to the buckets it came from, last spent first: what settling it for less would have done. Once for each key.
create function credit_refund(account uuid, at timestamptz, reserve_key text, settle_key text, refund_key text, amount bigint, cause_type text, cause_id text, note text)
returns bigint language plpgsql as $$
declare
  held credit_entries;
  settled credit_entries;
  to_purchased bigint;
  to_allowance bigint;
begin
  perform 1 from credit_balances where account_id = account for update;
  select * into held from credit_entries e where e.key = reserve_key and e.account_id = account;
  select * into settled from credit_entries e where e.key = settle_key and e.account_id = account;
  if held.key is null or settled.key is null then raise exception 'nothing was settled: %', settle_key; end if;
  if amount < 1 or amount > settled.revenue then raise exception 'cannot refund % of %', amount, settled.revenue; end if;
  to_purchased := least(-held.purchased - settled.purchased, amount);
  to_allowance := least(-held.allowance - settled.allowance, amount - to_purchased);
  return credit_post(account, at, 'adjust', refund_key, amount - to_purchased - to_allowance, to_allowance, to_purchased, 0, 0, -amount, 0, 0, cause_type, cause_id, note);
end $$;

-- Everybody's generations, newest first: those that did not go well, and why. All others are most of all, and are found by their ids.
create index generations_troubled on generations (status, id desc) where status <> 'completed';
create index generations_errors on generations (error_code, id desc) where error_code is not null;

-- A work that a moderator has hidden: nobody but its owner reads it, and it cannot be published until that is taken back. Lists read the publication alone.
alter table generations add column hidden_at timestamptz;
alter table publications add column hidden boolean not null default false;
alter table publications add constraint publications_hidden check (not (hidden and listed));

-- What was decided about a reported work, with the appeal of its owner, of which there is one.
create table moderation_decisions (
  id uuid primary key,
  generation_id uuid not null references generations on delete cascade,
  -- Whose work it is.
  account_id uuid not null,
  decision text not null check (decision in ('hide', 'dismiss')),
  reason text not null check (length(reason) <= 500),
  -- Counts against the account. What follows from three of them stays a human's decision.
  strike boolean not null,
  decided_at timestamptz not null,
  appeal text check (length(appeal) <= 2000),
  appealed_at timestamptz,
  -- The appeal was read and changed nothing.
  appeal_closed_at timestamptz,
  undone_at timestamptz,
  check ((appeal is null) = (appealed_at is null)),
  check (decision = 'hide' or not strike)
);
create unique index moderation_decisions_hidden on moderation_decisions (generation_id) where decision = 'hide' and undone_at is null;
create index moderation_decisions_account on moderation_decisions (account_id, id desc);
create index moderation_decisions_appeals on moderation_decisions (appealed_at, id) where appealed_at is not null and appeal_closed_at is null and undone_at is null;

-- By which decision a report was closed, so that taking it back opens it again.
alter table reports add column decision_id uuid;
create index reports_decision on reports (decision_id) where decision_id is not null;

-- As before, and what is hidden is liked by nobody.
create or replace function like_toggle(work uuid, fan uuid, at timestamptz, wish boolean)
returns table (liked boolean, likes_now int, publication uuid, author uuid) language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  select p.id, p.account_id, p.like_count into publication, author, likes_now from publications p join accounts a on a.id = p.account_id
    where p.generation_id = work and a.status = 'active' and not p.hidden for no key update of p;
  if not found then return; end if;
  liked := exists (select 1 from likes l where l.publication_id = publication and l.account_id = fan);
  if liked is distinct from wish then
    delete from likes l where l.publication_id = publication and l.account_id = fan;
    liked := not found;
    if liked then insert into likes values (publication, fan, at); end if;
    update publications p set like_count = p.like_count + case when liked then 1 else -1 end where p.id = publication returning p.like_count into likes_now;
    insert into works_to_rank values (publication) on conflict do nothing;
  else
    author := null; -- Nobody has to be told.
  end if;
  return next;
end $$;

-- What administrators tell everybody, on every page.
create table announcements (
  id uuid primary key,
  text text not null check (length(text) between 1 and 500),
  level text not null check (level in ('info', 'warning')),
  from_at timestamptz not null,
  until_at timestamptz,
  created_at timestamptz not null
);
