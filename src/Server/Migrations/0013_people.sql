-- Whether others see what somebody likes.
alter table profiles add column likes_public boolean not null default false;
create index likes_account on likes (account_id, created_at desc, publication_id desc);
create index collections_public on collections (account_id, id desc) where visibility = 'public';

-- Unread ones by time, and how many there are.
create index notifications_unread on notifications (account_id, created_at desc, id desc) where read_at is null;

-- As before, and by wish: true or false says what is to be, whatever is now, so that two clicks at once are one. Null turns it round.
drop function follow_toggle(uuid, uuid, timestamptz, int);
create function follow_toggle(follower uuid, followee uuid, at timestamptz, most int, wish boolean)
returns table (outcome text, followers int) language plpgsql as $$
begin
  if not exists (select 1 from accounts a where a.id = followee and a.status = 'active') then return; end if;
  insert into profiles (account_id) values (followee) on conflict do nothing;
  select p.follower_count into followers from profiles p where p.account_id = followee for no key update;
  if exists (select 1 from follows f where f.follower_id = follower and f.followee_id = followee) = wish then
    outcome := 'same';
    return next;
    return;
  end if;
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

drop function like_toggle(uuid, uuid, timestamptz);
create function like_toggle(work uuid, fan uuid, at timestamptz, wish boolean)
returns table (liked boolean, likes_now int, publication uuid, author uuid) language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  select p.id, p.account_id, p.like_count into publication, author, likes_now from publications p join accounts a on a.id = p.account_id
    where p.generation_id = work and a.status = 'active' for no key update of p;
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
