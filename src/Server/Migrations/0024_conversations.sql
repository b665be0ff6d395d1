-- What somebody and a model have said to each other on the page of the chat. Calls of the API are kept nowhere.
create table conversations (
  id uuid primary key,
  account_id uuid not null,
  title text not null,
  model text not null,
  instructions text,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index conversations_account on conversations (account_id, changed_at desc);

create table conversation_turns (
  id uuid primary key,
  conversation_id uuid not null references conversations on delete cascade,
  role text not null check (role in ('user', 'assistant')),
  text text not null,
  model text,
  credits bigint not null default 0,
  tokens bigint not null default 0,
  stopped boolean not null default false,
  created_at timestamptz not null
);
create index conversation_turns_conversation on conversation_turns (conversation_id, id);
