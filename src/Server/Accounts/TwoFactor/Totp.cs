using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>Codes that change with the clock (RFC 6238 as every authenticator app understands it: SHA-1, six digits, thirty seconds).</summary>
public static class Totp
{
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;

    /// <summary>Clocks differ and people type slowly: the step before and the one after count too.</summary>
    private const int Drift = 1;

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        // The algorithm is the standard's, and HMAC does not lean on what is broken in SHA-1.
#pragma warning disable CA5350
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <returns>The step that the code belongs to; null when it belongs to none near now.</returns>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        long? found = null;
        var typed = Encoding.ASCII.GetBytes(code);
        for (var step = StepAt(now) - Drift; step <= StepAt(now) + Drift; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(secret, step)), typed)) found = step;
        return found;
    }

    /// <summary>What the QR code says.</summary>
    public static string Address(string secret, string email) =>
        $"otpauth://totp/{Uri.EscapeDataString("RPD Create:" + email)}?secret={secret}&issuer={Uri.EscapeDataString("RPD Create")}";
}
