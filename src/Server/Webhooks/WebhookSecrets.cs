using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Rpd.Server.Webhooks;

/// <summary>Secrets lie in the database sealed by the key ring: a copy of the tables signs nothing. Opened ones are remembered, as each delivery needs one.</summary>
public sealed class WebhookSecrets(NpgsqlDataSource database, IDataProtectionProvider protection, TimeProvider time)
{
    public const string Prefix = "whsec_";

    private const int RememberedMax = 10_000;
    private readonly IDataProtector protector = protection.CreateProtector("webhooks.secret");
    private readonly ConcurrentDictionary<string, SigningKey> opened = new();

    /// <summary>32 random bytes.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public string Seal(string secret) => protector.Protect(secret);

    public string Open(string sealedText) => protector.Unprotect(sealedText);

    public SigningKey Key(string sealedText)
    {
        if (opened.TryGetValue(sealedText, out var known)) return known;
        if (opened.Count >= RememberedMax) opened.Clear();
        return opened[sealedText] = new SigningKey(Open(sealedText));
    }

    /// <summary>The account's default secret, sealed; made when it is asked for the first time.</summary>
    public async Task<string> Default(Guid account, CancellationToken cancel)
    {
        // Whoever comes first decides; everybody reads what stands.
        await using var insert = database.CreateCommand("insert into webhook_secrets (account_id, secret, created_at) values ($1, $2, $3) on conflict (account_id) do nothing");
        insert.Parameters.AddWithValue(account);
        insert.Parameters.AddWithValue(Seal(New()));
        insert.Parameters.AddWithValue(time.GetUtcNow());
        await insert.ExecuteNonQueryAsync(cancel);
        await using var select = database.CreateCommand("select secret from webhook_secrets where account_id = $1");
        select.Parameters.AddWithValue(account);
        return (string)(await select.ExecuteScalarAsync(cancel))!;
    }
}
