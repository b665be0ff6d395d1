using System.Net;
using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Server.Database;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys.UserTokens;

/// <summary>Whether a user's token is good, as <see cref="KeyCheck"/> does it for keys: one query a second, and none for a mistyped one.</summary>
public sealed class TokenCheck
{
    private static readonly IReadOnlySet<string> TokenScopes = Credential.ScopeSet(Scopes.Personal);

    private readonly NpgsqlDataSource database;
    private readonly KeyUses uses;
    private readonly TimeProvider time;
    private readonly RecentRows<KeyHash, KnownToken> known;

    public TokenCheck(NpgsqlDataSource database, KeyUses uses, TimeProvider time) => (this.database, this.uses, this.time, known) = (database, uses, time, new(time, Read));

    /// <summary>Whether it is spelled like one, right or not.</summary>
    public static bool Takes(string text) => text.StartsWith(KeyFormat.UserToken + "_", StringComparison.Ordinal);

    public async ValueTask<Outcome<Credential>> Run(string text, IPAddress? address, CancellationToken cancel)
    {
        if (KeyFormat.PrefixOf(text) is null) return Refusal.Unauthorized("This token is mistyped: its checksum does not fit.", Reasons.KeyMistyped);
        if (await known.Get(new KeyHash(new Secret(text).Hash()), cancel) is not { } token) return Refusal.Unauthorized("This token is not known here.", Reasons.KeyUnknown);
        var now = time.GetUtcNow();
        if (token.Revoked) return Refusal.Unauthorized("This token was revoked.", Reasons.KeyEnded);
        if (token.ExpiresAt <= now) return Refusal.Unauthorized("This token has expired. Make a new one.", Reasons.KeyEnded);
        if (token.AccountStatus != Account.Active) return Refusal.Forbidden(token.AccountStatus == Account.Suspended ? "This account is suspended." : "This account is closed.");
        uses.Note(token.Id, token.LastUsedAt, address, now);
        return token.Credential;
    }

    /// <summary>After a change on this node, so that it counts here at once.</summary>
    public void Forget(byte[] hash) => known.Forget(new KeyHash(hash));

    private async Task<KnownToken?> Read(KeyHash hash, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select t.id, t.expires_at, t.revoked_at is not null or t.stamp <> a.security_stamp, t.last_used_at, a.id, a.status, a.plan
            from user_tokens t join accounts a on a.id = t.account_id where t.hash = $1
            """);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash.Bytes() });
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return null;
        var (id, end) = (row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1));
        return new(id, end, row.GetBoolean(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3), row.GetString(5),
            new(row.GetGuid(4), null, TokenScopes, row.GetString(6), null) { TokenId = id, ExpiresAt = end });
    }

    private sealed record KnownToken(Guid Id, DateTimeOffset ExpiresAt, bool Revoked, DateTimeOffset? LastUsedAt, string AccountStatus, Credential Credential);
}
