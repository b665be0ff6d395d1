using System.Security.Cryptography;
using System.Text;

namespace Rpd.Server.ApiKeys;

/// <summary>The plain text of a key. It cannot slip into a log line or an answer by accident: only <see cref="Reveal"/> gives it out.</summary>
public sealed class Secret(string text)
{
    public string Reveal() => text;

    public byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public override string ToString() => "[secret]";
}
