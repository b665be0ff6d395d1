namespace Rpd.Server.PersonalData;

/// <summary>What becomes of every table's rows of an account that is deleted. A test holds the two lists against the schema: a new table must be in one.</summary>
public static class AccountRows
{
    /// <summary>By table and the column that names the account: what is simply deleted.</summary>
    public static readonly IReadOnlyList<(string Table, string Column)> Deleted =
    [
        ("collections", "account_id"), ("templates", "account_id"), ("api_keys", "account_id"), ("webhook_deliveries", "account_id"), ("webhook_endpoints", "account_id"),
        ("webhook_secrets", "account_id"), ("events", "account_id"), ("notifications", "account_id"), ("notification_preferences", "account_id"), ("notification_letters", "account_id"),
        ("files", "account_id"), ("storage_usage", "account_id"), ("idempotent_requests", "account_id"), ("test_balances", "account_id"), ("generation_slots", "account_id"),
        ("sessions", "account_id"), ("account_claims", "user_id"), ("account_logins", "user_id"), ("account_tokens", "user_id"), ("former_handles", "account_id"), ("profiles", "account_id"),
        ("authenticators", "account_id"), ("recovery_codes", "account_id"), ("trusted_browsers", "account_id"), ("passkeys", "account_id"), ("user_tokens", "account_id"),
        ("comparison_votes", "account_id"), ("conversations", "account_id"), ("provider_keys", "account_id"), ("custom_models", "account_id"), ("top_ups", "account_id"),
    ];

    /// <summary>What has a step of its own below, or stays, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> Otherwise = new Dictionary<string, string>
    {
        ["accounts.id"] = "The row stays without anything personal: the ledger's entries are its.",
        ["generations.account_id"] = "Deleted with the job that erases their files.",
        ["publications.account_id"] = "Go with their generations.",
        ["likes.account_id"] = "Taken back, and counted.",
        ["follows.follower_id"] = "Taken back, and counted.",
        ["follows.followee_id"] = "Deleted.",
        ["reports.account_id"] = "A moderator's business; their words are deleted.",
        ["billing_customers.account_id"] = "The books: refunds and disputes of what was paid may still come. Plans are ended first.",
        ["payments.account_id"] = "The books.",
        ["subscriptions.account_id"] = "The books.",
        ["moderation_decisions.account_id"] = "Go with their generations.",
        ["credit_balances.account_id"] = "The books.",
        ["credit_entries.account_id"] = "The books.",
        ["credit_leases.account_id"] = "Set aside for moments; goes back by itself.",
        ["house_usage_account_weeks.account_id"] = "Sums, likewise.",
        ["house_usage_accounts.account_id"] = "Sums, likewise.",
        ["usage_hours.account_id"] = "Sums without a word of anybody's: the house's own statistics.",
        ["audit_entries.account_id"] = "What administrators did to the installation stays, with the name it was done under.",
        ["referrals.account_id"] = "Keeps a mailbox from being invited twice.",
        ["referrals.referrer_id"] = "How many were brought by whom is part of the books.",
        ["welcome_grants.account_id"] = "Keeps a mailbox from being welcomed with credits twice.",
    };

    private const string Generations = """
        with gone as (delete from generations where id in (select id from generations where account_id = $1 and completed_at is not null limit $2) returning id),
        erased as (
          insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at) select 'generation.erase', 'quick', jsonb_build_object('id', id), 'ready', now(), 8, now() from gone)
        select count(*) from gone
        """;

    // In the order of the locks that like_toggle and follow_toggle take: first what counts, then the row.
    private const string Likes = """
        with counted as (
          select p.id from publications p where p.id in (select publication_id from likes where account_id = $1 order by publication_id limit $2) order by p.id for no key update),
        gone as (delete from likes l using counted c where l.publication_id = c.id and l.account_id = $1 returning l.publication_id),
        less as (update publications p set like_count = p.like_count - 1 from gone where p.id = gone.publication_id),
        ranked as (insert into works_to_rank select publication_id from gone on conflict do nothing)
        select count(*) from gone
        """;

    private const string Following = """
        with counted as (
          select p.account_id from profiles p where p.account_id in (select followee_id from follows where follower_id = $1 order by followee_id limit $2) order by p.account_id for no key update),
        gone as (delete from follows f using counted c where f.followee_id = c.account_id and f.follower_id = $1 returning f.followee_id),
        less as (update profiles p set follower_count = p.follower_count - 1 from gone where p.account_id = gone.followee_id)
        select count(*) from gone
        """;

    private const string Attempts = """
        with gone as (
          delete from webhook_attempts where delivery_id in (select d.id from webhook_deliveries d where d.account_id = $1 and exists (select 1 from webhook_attempts a where a.delivery_id = d.id) limit $2)
          returning 1)
        select count(*) from gone
        """;

    private const string Reports = "with emptied as (update reports set details = null where id in (select id from reports where account_id = $1 and details is not null limit $2) returning 1) select count(*) from emptied";

    /// <summary>What others were told of them alone, with their name in it.</summary>
    private const string ToldOthers = "with gone as (delete from notifications where id in (select id from notifications where actors = array[$1] limit $2) returning 1) select count(*) from gone";

    /// <summary>In this order. $1: the account; $2: how many rows at most. Each answers how many there were, and is run until there are none.</summary>
    public static IEnumerable<string> Steps =>
        [Generations, Likes, Following, Delete("follows", "followee_id"), Attempts, Reports, ToldOthers, .. Deleted.Select(rows => Delete(rows.Table, rows.Column))];

    private static string Delete(string table, string column) =>
        $"with gone as (delete from {table} where ctid = any(array(select ctid from {table} where {column} = $1 limit $2)) returning 1) select count(*) from gone";
}
