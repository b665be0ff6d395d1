using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Rpd.Server.Storage;

/// <summary>
/// One random secret of this installation, made at the first start and kept in the database under the data-protection key ring.
/// Uses get keys derived from it, so that a signature for one purpose is worthless for another.
/// </summary>
public sealed class InstallationSecret(NpgsqlDataSource database, IDataProtectionProvider protection)
{
    // PublicationOnly: a database that is away at the first use is asked again at the next.
    private readonly Lazy<byte[]> secret = new(() => Load(database, protection.CreateProtector("installation-secret")), LazyThreadSafetyMode.PublicationOnly);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> derived = new();

    public ReadOnlySpan<byte> For(string purpose) =>
        derived.GetOrAdd(purpose, name => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Value, 32, info: Encoding.UTF8.GetBytes(name)));

    private static byte[] Load(NpgsqlDataSource database, IDataProtector protector)
    {
        // Whoever comes first decides; everybody reads what stands.
        using var insert = database.CreateCommand("insert into installation values ('secret', $1) on conflict (name) do nothing");
        insert.Parameters.AddWithValue(protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        insert.ExecuteNonQuery();
        using var select = database.CreateCommand("select value from installation where name = 'secret'");
        return Convert.FromBase64String(protector.Unprotect((string)select.ExecuteScalar()!));
    }
}
