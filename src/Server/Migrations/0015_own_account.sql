-- An account as its owner shapes it: picture, former handles, what it is told of, and leaving.

-- leaving: its owner has asked for deletion and may take that back until delete_after. Whatever asks for active accounts has lost it already.
alter table accounts drop constraint accounts_status_check;
alter table accounts add constraint accounts_status_check check (status in ('active', 'suspended', 'leaving', 'deleted'));
alter table accounts add column avatar uuid;
alter table accounts add column delete_after timestamptz;
alter table accounts add constraint accounts_leaving_check check (status <> 'leaving' or delete_after is not null);
create index accounts_leaving on accounts (delete_after) where status = 'leaving';

-- A handle that somebody gave up stays theirs for a while: its address leads to the new one, and nobody can pass for them.
create table former_handles (
  handle text primary key,
  account_id uuid not null references accounts on delete cascade,
  until timestamptz not null
);
create index former_handles_account on former_handles (account_id);

-- What differs from a kind's own defaults.
create table notification_preferences (
  account_id uuid not null references accounts on delete cascade,
  kind text not null,
  site boolean not null,
  email boolean not null,
  primary key (account_id, kind)
);

-- What waits for the next letter of its kind, of which there is one an hour at most.
create table notification_letters (
  account_id uuid not null references accounts on delete cascade,
  kind text not null,
  titles text[] not null,
  link text,
  waiting int not null check (waiting >= 0),
  sent_at timestamptz,
  primary key (account_id, kind)
);
