-- What administrators look at: sums over all accounts, by hour.
create index usage_hours_hour on usage_hours (hour);
create index credit_entries_purchases on credit_entries (at) where kind = 'purchase';

-- Webhooks that need somebody: very few of all.
create index webhook_endpoints_troubled on webhook_endpoints (id desc) where status = 'disabled' or status_reason is not null or failing_since is not null;

-- Accounts are found by how an address, a handle or an id begins, and listed newest first by what they have in common.
create index accounts_email_begins on accounts (normalized_email text_pattern_ops);
create index accounts_handle_begins on accounts (handle text_pattern_ops);
create index accounts_plan on accounts (plan, id desc);
create index accounts_status on accounts (status, id desc) where status <> 'active';
create index accounts_role on accounts (role, id desc) where role <> 'user';

-- What was done to one thing.
create index audit_entries_target on audit_entries (target, id desc);
