-- Every work with all the words, a bounded number of them, found in the index by some of the words: the planner must not walk the table for a word that it
-- takes for a common one, and the index must not unfold a common word that hardly narrows what a rare one finds.
create function works_with(indexed tsquery, words tsquery, most int)
returns table (id uuid, account_id uuid, type text, model text, published_at timestamptz, score double precision, ranked_likes int)
language plpgsql stable set enable_seqscan = off set enable_indexscan = off as $$
begin
  return query select p.id, p.account_id, p.type, p.model, p.published_at, p.score, p.ranked_likes
    from publications p where p.listed and p.search @@ indexed and (indexed = words or (p.search @@ words) is true) limit most;
end $$;

drop function works_with(tsquery, int);
