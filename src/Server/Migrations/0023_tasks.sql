-- What the caller called its request in an Idempotency-Key of a face where that prevents nothing: for telling apart what came of a repeated one.
alter table generations add column client_key text check (length(client_key) <= 255);
