-- What is for adults stays out of the lists of who has not asked for it. The author's word stays with the generation, so that withdrawing and publishing
-- again keeps it; the publication has a copy, as lists read nothing else.
alter table generations add column mature boolean not null default false;
alter table publications add column mature boolean not null default false;

-- How somebody wants to meet such works: not at all, blurred until asked, or as they are.
alter table accounts add column mature_works text not null default 'hide' check (mature_works in ('hide', 'blur', 'show'));

-- The shape of the first picture; null for sound.
create function work_shape(width int, height int) returns text language sql immutable parallel safe as $$
  select case when width is null or height is null or width < 1 or height < 1 then null
    when width::float8 / height >= 1.7 then 'wide' when width::float8 / height > 1.1 then 'landscape'
    when width::float8 / height >= 0.9 then 'square' when width::float8 / height > 0.6 then 'portrait' else 'tall' end
$$;
alter table publications add column shape text check (shape in ('wide', 'landscape', 'square', 'portrait', 'tall'));

-- What it was made from: its children are found here, in an index as long as there are public remixes, and not on the hot table.
alter table publications add column parent_id uuid;

update publications p set parent_id = g.parent_id, shape = work_shape(o.width, o.height)
from generations g left join outputs o on o.generation_id = g.id and o.ordinal = 0 where g.id = p.generation_id;

-- With the label, which every list of an author's works asks for: a feed takes its step, and a profile its count, from the index alone.
drop index publications_author;
create index publications_author on publications (account_id, published_at desc, id desc) include (mature) where listed;

create index publications_parent on publications (parent_id, published_at desc, id desc) where listed and parent_id is not null;
create index publications_shape on publications (shape, published_at desc, id desc) where listed;
create index publications_shape_top on publications (shape, ranked_likes desc, published_at desc, id desc) where listed;
create index publications_shape_trending on publications (shape, score desc, published_at desc, id desc) where listed;

drop function works_with(tsquery, tsquery, int);

-- Every work with all the words, a bounded number of them, found in the index by some of the words: the planner must not walk the table for a word that it
-- takes for a common one, and the index must not unfold a common word that hardly narrows what a rare one finds.
create function works_with(indexed tsquery, words tsquery, most int)
returns table (id uuid, account_id uuid, type text, model text, published_at timestamptz, score double precision, ranked_likes int, mature boolean, shape text)
language plpgsql stable set enable_seqscan = off set enable_indexscan = off as $$
begin
  return query select p.id, p.account_id, p.type, p.model, p.published_at, p.score, p.ranked_likes, p.mature, p.shape
    from publications p where p.listed and p.search @@ indexed and (indexed = words or (p.search @@ words) is true) limit most;
end $$;
