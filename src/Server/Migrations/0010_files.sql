-- Uploads. A row is made when somebody asks for an address to upload to, and confirmed once its bytes have been looked at.
-- storage_key is a copy that no upload can reach: confirmed bytes never change.
create table files (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  name text not null check (length(name) between 1 and 255),
  content_type text not null,
  -- What counts against the account's storage: the announced or the largest allowed size while pending, the real one afterwards.
  bytes bigint not null check (bytes > 0),
  size_signed boolean not null,
  storage_key text,
  sha256 bytea,
  width int,
  height int,
  duration_seconds double precision,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  confirmed_at timestamptz,
  -- When what is left of the upload is deleted: the row and its bytes if it is still pending, else what came after the confirmation.
  sweep_at timestamptz,
  check ((confirmed_at is not null) = (storage_key is not null and sha256 is not null)),
  check (confirmed_at is not null or sweep_at is not null)
);
create index files_account on files (account_id, id desc);
create index files_sweep on files (sweep_at) where sweep_at is not null;

-- The sum over an account's files, moved by the statement that moves a file: a quota is one guarded update.
create table storage_usage (
  account_id uuid primary key references accounts on delete cascade,
  bytes bigint not null check (bytes >= 0),
  pending int not null check (pending >= 0)
);
