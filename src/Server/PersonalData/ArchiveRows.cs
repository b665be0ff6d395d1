namespace Rpd.Server.PersonalData;

/// <summary>
/// Which rows are in the archive, one JSON object a row: $1 is the account. What proves who somebody is (hashes, secrets, tokens) is left out; so is what
/// others have written. A test holds the tables against the schema.
/// </summary>
public static class ArchiveRows
{
    public const string ReadMe = """
        Everything that RPD Create keeps of your account.

        Each .json file is a list of rows; times are in UTC, amounts in credits.
          account.json          you, without your password
          profile.json          what others see beside your name
          generations.json      what you have made: prompt, model, params, price, and its outputs
          credits.json          every movement of credits, with the balance after it
          usage.json            sums for each hour, model and key
          payments.json, plans.json, top_up.json   what you have paid, and what is paid by itself
          referrals.json        whom you brought, and whether somebody brought you
          likes.json, follows.json, followers.json, collections.json, templates.json, files.json
          conversations.json    what you and models have said to each other on the page of the chat
          passkeys.json         without what proves that they are yours
          custom_models.json    what you have trained and how it fared; its weights are numbers that only this server reads
          votes.json            your verdicts on comparisons
          audit.json            what you did as an administrator
          moderation.json       what moderators decided about works of yours, and what you said to it
          api_keys.json, tokens.json, webhooks.json   without their secrets, which we do not have or do not give away
          notifications.json, notification_preferences.json, sessions.json, sign_ins.json, reports.json, former_handles.json
        media/     your works, by the id of their generation
        uploads/   your uploads, by their id
        avatar.webp  your picture

        Missing files, if there are any, are listed in missing.txt.
        """;

    public static readonly IReadOnlyList<(string Name, string Sql)> All =
    [
        ("account.json", """
            select (to_jsonb(a) - '{password_hash,security_stamp,concurrency_stamp,user_name,normalized_user_name,normalized_email,avatar,lockout_end,lockout_enabled,access_failed_count}'::text[])::text
            from accounts a where a.id = $1
            """),
        ("profile.json", "select to_jsonb(p)::text from profiles p where p.account_id = $1"),
        ("former_handles.json", "select to_jsonb(f)::text from former_handles f where f.account_id = $1"),
        ("generations.json", """
            select (to_jsonb(g) - '{upstream_id,version,held}'::text[] || jsonb_build_object(
              'receipt', jsonb_build_object('reserved', g.credits_cost, 'refunded', g.credits_refunded),
              'publication', (select to_jsonb(p) - '{search,score,ranked_likes,freshness}'::text[] from publications p where p.generation_id = g.id),
              'outputs', (select coalesce(jsonb_agg(to_jsonb(o) - '{generation_id,storage_key,thumbnail_widths}'::text[] order by o.ordinal), '[]') from outputs o where o.generation_id = g.id)))::text
            from generations g where g.account_id = $1 order by g.id
            """),
        ("credits.json", "select (to_jsonb(e) - 'hash')::text from credit_entries e where e.account_id = $1 order by e.seq"),
        ("usage.json", "select to_jsonb(u)::text from usage_hours u where u.account_id = $1 order by u.hour"),
        ("payments.json", "select (to_jsonb(p) - 'reversals')::text from payments p where p.account_id = $1 order by p.created_at, p.id"),
        ("plans.json", "select (to_jsonb(s) - '{allowance_next,updated_at}'::text[])::text from subscriptions s where s.account_id = $1 order by s.started_at"),
        ("top_up.json", "select to_jsonb(t)::text from top_ups t where t.account_id = $1"),
        ("referrals.json", "select (to_jsonb(r) - '{account_id,referrer_id,mailbox,network}'::text[] || jsonb_build_object('yours', r.account_id = $1))::text from referrals r where r.account_id = $1 or r.referrer_id = $1 order by r.joined_at"),
        ("likes.json", "select jsonb_build_object('work', p.generation_id, 'at', l.created_at)::text from likes l join publications p on p.id = l.publication_id where l.account_id = $1 order by l.created_at"),
        ("follows.json", "select jsonb_build_object('handle', a.handle, 'since', f.created_at)::text from follows f join accounts a on a.id = f.followee_id where f.follower_id = $1 order by f.created_at"),
        ("followers.json", "select jsonb_build_object('handle', a.handle, 'since', f.created_at)::text from follows f join accounts a on a.id = f.follower_id where f.followee_id = $1 order by f.created_at"),
        ("collections.json", """
            select (to_jsonb(c) || jsonb_build_object('items', (select coalesce(jsonb_agg(jsonb_build_object('work', i.generation_id, 'added_at', i.added_at) order by i.position), '[]')
              from collection_items i where i.collection_id = c.id)))::text from collections c where c.account_id = $1 order by c.id
            """),
        ("templates.json", "select to_jsonb(t)::text from templates t where t.account_id = $1 order by t.id"),
        ("conversations.json", """
            select (to_jsonb(c) || jsonb_build_object('turns', (select coalesce(jsonb_agg(to_jsonb(t) - '{id,conversation_id}'::text[] order by t.id), '[]')
              from conversation_turns t where t.conversation_id = c.id)))::text from conversations c where c.account_id = $1 order by c.id
            """),
        ("files.json", "select (to_jsonb(f) - '{storage_key,sha256,size_signed,sweep_at}'::text[])::text from files f where f.account_id = $1 order by f.id"),
        ("api_keys.json", "select (to_jsonb(k) - '{hash,old_hash}'::text[])::text from api_keys k where k.account_id = $1 order by k.id"),
        ("provider_keys.json", "select (to_jsonb(k) - 'sealed_credentials')::text from provider_keys k where k.account_id = $1 order by k.provider"),
        ("custom_models.json", "select (to_jsonb(m) - 'version')::text from custom_models m where m.account_id = $1 order by m.id"),
        ("webhooks.json", "select (to_jsonb(w) - '{secret,old_secret}'::text[])::text from webhook_endpoints w where w.account_id = $1 order by w.id"),
        ("tokens.json", "select (to_jsonb(t) - '{hash,stamp}'::text[])::text from user_tokens t where t.account_id = $1 order by t.id"),
        ("passkeys.json", "select (to_jsonb(p) - '{credential_id,public_key,attestation,client_data,sign_count}'::text[])::text from passkeys p where p.account_id = $1 order by p.created_at"),
        ("votes.json", "select to_jsonb(v)::text from comparison_votes v where v.account_id = $1 order by v.voted_at"),
        ("audit.json", "select to_jsonb(a)::text from audit_entries a where a.account_id = $1 order by a.id"),
        ("notifications.json", "select (to_jsonb(n) - '{actors,group_key}'::text[])::text from notifications n where n.account_id = $1 order by n.id"),
        ("notification_preferences.json", "select to_jsonb(p)::text from notification_preferences p where p.account_id = $1"),
        ("sessions.json", "select (to_jsonb(s) - 'id')::text from sessions s where s.account_id = $1 order by s.created_at"),
        ("sign_ins.json", "select jsonb_build_object('provider', l.login_provider)::text from account_logins l where l.user_id = $1"),
        ("moderation.json", "select to_jsonb(d)::text from moderation_decisions d where d.account_id = $1 order by d.id"),
        ("reports.json", "select to_jsonb(r)::text from reports r where r.account_id = $1 order by r.created_at"),
    ];

    /// <summary>Tables that name an account and are not in the archive, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> Without = new Dictionary<string, string>
    {
        ["account_claims"] = "Empty.",
        ["account_tokens"] = "Secrets.",
        ["authenticators"] = "Secrets.",
        ["billing_customers"] = "The account's number at Stripe, which is on every invoice.",
        ["credit_balances"] = "The last entry says it.",
        ["credit_leases"] = "The entries say it, too; a lease lives for moments.",
        ["events"] = "What happened to the things that are in the archive.",
        ["generation_slots"] = "How much runs just now.",
        ["house_usage_account_weeks"] = "Weeks of the hours in usage.json.",
        ["house_usage_accounts"] = "Days of the hours in usage.json.",
        ["idempotent_requests"] = "Answers of the last day.",
        ["notification_letters"] = "What waits for the next letter is among the notifications.",
        ["recovery_codes"] = "Secrets.",
        ["storage_usage"] = "The sum of the files.",
        ["test_balances"] = "Nobody's money.",
        ["trusted_browsers"] = "Secrets.",
        ["webhook_deliveries"] = "How the events travelled.",
        ["webhook_secrets"] = "Secrets.",
        ["welcome_grants"] = "The account's address and its first entry.",
    };
}
