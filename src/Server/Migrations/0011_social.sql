-- Ranks stand apart from the counters they follow: a like changes like_count alone, which no index knows, so that it rewrites one row and no index.
-- A duty carries the likes over to ranked_likes and score. freshness is 3 for works of the last day, 2 of the last week, 1 of the last month.
alter table publications add column ranked_likes int not null default 0;
alter table publications add column freshness int not null default 3 check (freshness between 0 and 3);
alter table publications add column search tsvector;
alter table publications set (fillfactor = 85);

-- What separates words is ASCII's punctuation and space; everything else, in any script, is part of one.
create function work_words(text) returns text language sql immutable parallel safe as $$
  select coalesce(regexp_replace($1, '[][!-/:-@\\^_`{-~[:space:]]+', ' ', 'g'), '')
$$;

-- The words with a # before them, and the style.
create function work_tags(title text, prompt text, style text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct tag), '{}') from (
    select lower(found[1]) as tag from regexp_matches(coalesce(title, '') || ' ' || coalesce(prompt, ''), '#([^][:space:]!-/:-@\\^`{-~[]{1,50})', 'g') found
    union all
    select trim(both '_' from replace(lower(work_words(left(style, 50))), ' ', '_')) where style is not null) tags
  where tag <> ''
$$;

-- A tag is a word that begins with #, which no word of a text can.
create function work_search(title text, prompt text, style text) returns tsvector language sql immutable parallel safe as $$
  select setweight(to_tsvector('simple', work_words(title)), 'A') || to_tsvector('simple', work_words(prompt))
    || array_to_tsvector(array(select '#' || tag from unnest(work_tags(title, prompt, style)) tag))
$$;

update publications p set search = work_search(g.title, g.prompt, g.params ->> 'style'),
  freshness = case when p.published_at > now() - interval '1 day' then 3 when p.published_at > now() - interval '7 days' then 2
    when p.published_at > now() - interval '30 days' then 1 else 0 end
from generations g where g.id = p.generation_id;
alter table publications alter column search set not null;

drop index publications_top;
drop index publications_account;
create index publications_top on publications (ranked_likes desc, published_at desc, id desc) where listed;
create index publications_top_month on publications (ranked_likes desc, published_at desc, id desc) where listed and freshness >= 1;
create index publications_top_week on publications (ranked_likes desc, published_at desc, id desc) where listed and freshness >= 2;
create index publications_top_day on publications (ranked_likes desc, published_at desc, id desc) where listed and freshness >= 3;
create index publications_type_top on publications (type, ranked_likes desc, published_at desc, id desc) where listed;
create index publications_model_top on publications (model, ranked_likes desc, published_at desc, id desc) where listed;
create index publications_type_trending on publications (type, score desc, published_at desc, id desc) where listed;
create index publications_model_trending on publications (model, score desc, published_at desc, id desc) where listed;
create index publications_author on publications (account_id, published_at desc, id desc) where listed;
-- For the duty alone: with = no list can be led here, to sort a whole day instead of walking in the order of its likes.
create index publications_aging_day on publications (published_at) where freshness = 3;
create index publications_aging_week on publications (published_at) where freshness = 2;
create index publications_aging_month on publications (published_at) where freshness = 1;
create index publications_search on publications using gin (search) with (fastupdate = off) where listed;

-- Every work with a word, a bounded number of them. The planner must not walk the table for a word that it takes for a common one.
create function works_with(words tsquery, most int)
returns table (id uuid, account_id uuid, type text, model text, published_at timestamptz, score double precision, ranked_likes int)
language plpgsql stable set enable_seqscan = off set enable_indexscan = off as $$
begin
  return query select p.id, p.account_id, p.type, p.model, p.published_at, p.score, p.ranked_likes
    from publications p where p.listed and p.search @@ words limit most;
end $$;

-- Likes belong to a publication: what is withdrawn loses them with its address. No key to accounts, as everywhere on hot rows.
create table likes (
  publication_id uuid not null references publications on delete cascade,
  account_id uuid not null,
  created_at timestamptz not null,
  primary key (publication_id, account_id)
);

-- Publications whose likes have changed since they were ranked.
create table works_to_rank (
  publication_id uuid primary key references publications on delete cascade
) with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);

-- Nothing when the work is not there for others. Under the publication's lock, so that no count is lost. It waits for no disk: a power cut may lose a
-- second's likes, each together with its count.
create function like_toggle(work uuid, fan uuid, at timestamptz)
returns table (liked boolean, likes_now int, publication uuid, author uuid) language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  select p.id, p.account_id into publication, author from publications p join accounts a on a.id = p.account_id
    where p.generation_id = work and a.status = 'active' for no key update of p;
  if not found then return; end if;
  delete from likes l where l.publication_id = publication and l.account_id = fan;
  liked := not found;
  if liked then insert into likes values (publication, fan, at); end if;
  update publications p set like_count = p.like_count + case when liked then 1 else -1 end where p.id = publication returning p.like_count into likes_now;
  insert into works_to_rank values (publication) on conflict do nothing;
  return next;
end $$;

create table reports (
  id uuid primary key,
  generation_id uuid not null references generations on delete cascade,
  account_id uuid not null,
  reason text not null,
  details text check (length(details) <= 2000),
  status text not null check (status in ('open', 'upheld', 'dismissed')),
  created_at timestamptz not null
);
create index reports_generation on reports (generation_id);
create index reports_queue on reports (status, created_at, id);
-- Somebody's open report of a work is one, however often it is sent.
create unique index reports_once on reports (generation_id, account_id) where status = 'open';

-- What an account shows beside its name.
create table profiles (
  account_id uuid primary key references accounts on delete cascade,
  bio text check (length(bio) <= 500),
  follower_count int not null default 0 check (follower_count >= 0)
);

create table follows (
  follower_id uuid not null,
  followee_id uuid not null,
  created_at timestamptz not null,
  primary key (follower_id, followee_id),
  check (follower_id <> followee_id)
);
create index follows_followers on follows (followee_id, created_at desc, follower_id desc);
create index follows_following on follows (follower_id, created_at desc, followee_id desc);

-- Nothing when there is nobody to follow; full when the follower has as many as one may have.
create function follow_toggle(follower uuid, followee uuid, at timestamptz, most int)
returns table (outcome text, followers int) language plpgsql as $$
begin
  if not exists (select 1 from accounts a where a.id = followee and a.status = 'active') then return; end if;
  insert into profiles (account_id) values (followee) on conflict do nothing;
  perform 1 from profiles p where p.account_id = followee for no key update;
  delete from follows f where f.follower_id = follower and f.followee_id = followee;
  outcome := case when found then 'unfollowed' else 'followed' end;
  if outcome = 'followed' then
    if (select count(*) from follows f where f.follower_id = follower) >= most then
      outcome := 'full';
      return next;
      return;
    end if;
    insert into follows values (follower, followee, at);
  end if;
  update profiles p set follower_count = p.follower_count + case when outcome = 'followed' then 1 else -1 end
    where p.account_id = followee returning p.follower_count into followers;
  return next;
end $$;

create table collections (
  id uuid primary key,
  account_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  description text check (length(description) <= 500),
  visibility text not null check (visibility in ('private', 'unlisted', 'public')),
  created_at timestamptz not null
);
create index collections_account on collections (account_id, id desc);

create table collection_items (
  collection_id uuid not null references collections on delete cascade,
  generation_id uuid not null references generations on delete cascade,
  position int not null,
  added_at timestamptz not null,
  primary key (collection_id, generation_id)
);
create index collection_items_order on collection_items (collection_id, position, generation_id);
create index collection_items_generation on collection_items (generation_id);

-- People's own; the curated ones come with the program.
create table templates (
  id uuid primary key,
  account_id uuid not null,
  title text not null check (length(title) between 1 and 120),
  type text not null,
  prompt text not null,
  placeholders jsonb not null,
  model text,
  created_at timestamptz not null
);
create index templates_account on templates (account_id, id desc);
