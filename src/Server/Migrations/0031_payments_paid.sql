-- What is sold is read from the payments, with the money that it brought: one index for both, and none on the ledger for it.
drop index credit_entries_purchases;
drop index payments_paid;
create index payments_paid on payments (paid_at) include (currency, amount, refunded, disputed, kind, credits, reversed) where status = 'paid';
