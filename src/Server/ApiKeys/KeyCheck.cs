using System.Net;
using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Server.Database;
using Rpd.Shared;

namespace Rpd.Server.ApiKeys;

/// <summary>
/// Whether a key is good. A busy key costs one query a second (<see cref="RecentRows{TKey,TRow}"/>), a mistyped one none. What depends on the clock
/// or on the caller's address is decided anew for each call.
/// </summary>
public sealed class KeyCheck
{
    private readonly NpgsqlDataSource database;
    private readonly KeyUses uses;
    private readonly TimeProvider time;
    private readonly RecentRows<KeyHash, KnownKey> known;
    private long queries;

    public KeyCheck(NpgsqlDataSource database, KeyUses uses, TimeProvider time) =>
        (this.database, this.uses, this.time, known) = (database, uses, time, new(time, Read));

    /// <summary>How often the database was asked, since the start.</summary>
    public long Queries => Interlocked.Read(ref queries);

    public async ValueTask<Outcome<Credential>> Run(string text, IPAddress? address, CancellationToken cancel)
    {
        if (KeyFormat.PrefixOf(text) is null)
            return Refusal.Unauthorized(KeyFormat.LooksLikeKey(text) ? "This API key is mistyped: its checksum does not fit." : "This is not an API key.", Reasons.KeyMistyped);
        if (await known.Get(new KeyHash(new Secret(text).Hash()), cancel) is not { } key) return Refusal.Unauthorized("This API key is not known here.", Reasons.KeyUnknown);
        var now = time.GetUtcNow();
        if (key.Row.RevokedAt is not null) return Refusal.Unauthorized("This API key was revoked.", Reasons.KeyEnded);
        if (key.ReplacedSince is { } until && until <= now) return Refusal.Unauthorized("This secret was replaced when the API key was rotated. Use the new one.", Reasons.KeyEnded);
        if (key.Row.DisabledAt is not null) return Refusal.Unauthorized("This API key is disabled.", Reasons.KeyEnded);
        if (key.Row.FrozenAt is not null)
            return new Refusal("KEY_FROZEN", 403, "This API key is frozen, because it has spent far more in an hour than it used to. Its owner can thaw it on the page of keys.");
        if (key.Row.ExpiresAt <= now) return Refusal.Unauthorized("This API key has expired.", Reasons.KeyEnded);
        if (key.AccountStatus != Account.Active) return Refusal.Forbidden(key.AccountStatus == Account.Suspended ? "This account is suspended." : "This account is closed.");
        if (!key.Allows(address)) return Refusal.Forbidden($"This API key may not be used from {Network.Text(address)}.", Reasons.AddressNotAllowed);
        uses.Note(key.Row.Id, key.Row.LastUsedAt, address, now);
        return key.Credential;
    }

    /// <summary>After a change of a key on this node, so that it counts here at once.</summary>
    public void Forget(ApiKey key)
    {
        known.Forget(new KeyHash(key.Hash));
        if (key.OldHash is { } old) known.Forget(new KeyHash(old));
    }

    public void Forget(byte[] hash) => known.Forget(new KeyHash(hash));

    // By hand and not through the context: with many keys this runs for nearly every call.
    private async Task<KnownKey?> Read(KeyHash hash, CancellationToken cancel)
    {
        Interlocked.Increment(ref queries);
        var bytes = hash.Bytes();
        await using var command = database.CreateCommand("""
            select k.id, k.account_id, k.name, k.prefix, k.last4, k.hash, k.old_hash, k.old_hash_until, k.scopes, k.expires_at, k.cap_credits, k.cap_period,
              k.allowed_ips, k.last_used_at, k.disabled_at, k.revoked_at, k.created_at, k.frozen_at, a.status, a.plan
            from api_keys k join accounts a on a.id = k.account_id
            where k.id in (select id from api_keys where hash = $1 union all select id from api_keys where old_hash = $1)
            """);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = bytes });
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return null;
        var key = new ApiKey
        {
            Id = row.GetGuid(0),
            AccountId = row.GetGuid(1),
            Name = row.GetString(2),
            Prefix = row.GetString(3),
            Last4 = row.GetString(4),
            Hash = row.GetFieldValue<byte[]>(5),
            OldHash = Optional<byte[]?>(6),
            OldHashUntil = Optional<DateTimeOffset?>(7),
            Scopes = row.GetFieldValue<string[]>(8),
            ExpiresAt = Optional<DateTimeOffset?>(9),
            CapCredits = Optional<long?>(10),
            CapPeriod = Optional<string?>(11),
            AllowedIps = row.GetFieldValue<string[]>(12),
            LastUsedAt = Optional<DateTimeOffset?>(13),
            DisabledAt = Optional<DateTimeOffset?>(14),
            RevokedAt = Optional<DateTimeOffset?>(15),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(16),
            FrozenAt = Optional<DateTimeOffset?>(17),
        };
        return new(key, row.GetString(18), row.GetString(19), key.Hash.AsSpan().SequenceEqual(bytes) ? null : key.OldHashUntil);

        T? Optional<T>(int column) => row.IsDBNull(column) ? default : row.GetFieldValue<T>(column);
    }

    private sealed class KnownKey(ApiKey row, string accountStatus, string plan, DateTimeOffset? replacedSince)
    {
        private readonly IPNetwork[] networks = [.. row.AllowedIps.Select(block => IPNetwork.Parse(block))];

        public ApiKey Row => row;

        public string AccountStatus => accountStatus;

        /// <summary>Set when it is the former secret that was sent: when that one ends.</summary>
        public DateTimeOffset? ReplacedSince => replacedSince;

        public Credential Credential { get; } = new(row.AccountId, row.Id, ApiKeys.Credential.ScopeSet(row.Scopes), plan, CapRule.Of(row.CapCredits, row.CapPeriod), row.Prefix == KeyFormat.Test)
        {
            ExpiresAt = row.ExpiresAt,
            AllowedIps = row.AllowedIps,
        };

        public bool Allows(IPAddress? address)
        {
            if (networks.Length == 0) return true;
            if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
            return address is not null && Array.Exists(networks, network => network.Contains(address));
        }
    }
}
