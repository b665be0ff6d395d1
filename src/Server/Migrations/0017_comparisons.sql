-- The verdict on a comparison, one for each: which model was best while nobody could see the names, that none was good, or that the names were asked for.
create table comparison_votes (
  comparison_id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  type text not null,
  choice text not null check (choice in ('best', 'none', 'skipped')),
  generation_id uuid,
  winner text,
  losers text[] not null,
  voted_at timestamptz not null,
  check ((choice = 'best') = (generation_id is not null and winner is not null and cardinality(losers) > 0))
);
create index comparison_votes_latest on comparison_votes (voted_at desc, comparison_id) where choice = 'best';

-- What the votes say of a model, recomputed from them. rating is how often it would win against an average one.
create table model_ratings (
  type text not null,
  model text not null,
  votes int not null check (votes > 0),
  wins int not null check (wins between 0 and votes),
  rating double precision not null check (rating > 0 and rating < 1),
  rated_at timestamptz not null,
  primary key (type, model)
);

-- One's own comparisons, newest first.
create index generations_account_comparisons on generations (account_id, comparison_id desc) where comparison_id is not null and not test;
