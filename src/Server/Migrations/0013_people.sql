-- Whether others see what somebody likes.
alter table profiles add column likes_public boolean not null default false;
create index likes_account on likes (account_id, created_at desc, publication_id desc);
create index collections_public on collections (account_id, id desc) where visibility = 'public';

-- Unread ones by time, and how many there are.
create index notifications_unread on notifications (account_id, created_at desc, id desc) where read_at is null;
