using System.Buffers.Text;
using System.Security.Cryptography;
using Rpd.Server.Http;
using Rpd.Server.Storage;

namespace Rpd.Server.Generations.Remote;

/// <summary>Where a vendor may call about one submission. The address is its own proof: nobody else can have it.</summary>
public sealed class CallbackAddress(PublicAddress address, InstallationSecret secret, RemoteOptions options)
{
    private const int TokenBytes = 16;

    /// <summary>Null when vendors cannot reach this server.</summary>
    public Uri? Of(string provider, Guid submission) =>
        options.Reachable ?? address.Secure ? new Uri(address.Link($"/callbacks/{provider}/{submission}/{Token(provider, submission)}")) : null;

    public bool Valid(string provider, Guid submission, string token) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(token), System.Text.Encoding.ASCII.GetBytes(Token(provider, submission)));

    private string Token(string provider, Guid submission) => Base64Url.EncodeToString(
        HMACSHA256.HashData(secret.For("provider callbacks"), System.Text.Encoding.UTF8.GetBytes($"{provider}/{submission}")).AsSpan(0, TokenBytes));
}
