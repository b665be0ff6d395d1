using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Rpd.Server.Storage;

namespace Rpd.Server.Promotions;

/// <summary>
/// What codes look like: <c>K7QX-M2PD-9RTA</c>, twelve letters and digits of which none looks like another (59 bits). All codes of a batch follow from its
/// seed, which only whoever made the batch is given, once; here a code is known by a hash under the installation's secret.
/// </summary>
public sealed class CodeText(InstallationSecret secret)
{
    public const int SeedBytes = 16;

    private const string Letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private const int Length = 12, Group = 4;

    /// <summary>The <paramref name="number"/>th code of a seed.</summary>
    public static string Of(ReadOnlySpan<byte> seed, int number)
    {
        Span<byte> counter = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(counter, number);
        // 128 random bits give twelve letters of 31 without one being likelier than another by more than one in 10^20.
        var rest = BinaryPrimitives.ReadUInt128BigEndian(HMACSHA256.HashData(seed, counter));
        var text = new StringBuilder();
        for (var place = 0; place < Length; place++, rest /= (uint)Letters.Length)
        {
            if (place > 0 && place % Group == 0) text.Append('-');
            text.Append(Letters[(int)(rest % (uint)Letters.Length)]);
        }
        return text.ToString();
    }

    /// <summary>As people type it: case, spaces and hyphens do not matter.</summary>
    /// <returns>The spelling that codes have; null when it cannot be one.</returns>
    public static string? Read(string? typed)
    {
        if (typed is null || typed.Length > 40) return null;
        var plain = string.Concat(typed.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('-' or '–' or '—'))).ToUpperInvariant();
        return plain.Length == Length && plain.All(letter => Letters.Contains(letter, StringComparison.Ordinal)) ? string.Join('-', plain.Chunk(Group).Select(part => new string(part))) : null;
    }

    /// <param name="code">As <see cref="Read"/> gives it.</param>
    public byte[] Hash(string code) => HMACSHA256.HashData(secret.For("redeem-codes"), Encoding.ASCII.GetBytes(code));
}
