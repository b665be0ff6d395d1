using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rpd.Server.Tests.Accounts;

/// <summary>A security key in software: makes a credential and answers challenges as WebAuthn says, and otherwise when a test wants it.</summary>
public sealed class SoftKey : IDisposable
{
    private const byte Present = 1, Verified = 4, BackupEligible = 8, BackedUp = 16, Attested = 64;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private string userHandle = "";

    public string Origin { get; set; } = "http://localhost:5080";

    public string Site { get; set; } = "localhost";

    public bool VerifiesUser { get; set; } = true;

    public bool Synced { get; set; }

    public uint Count { get; set; }

    /// <param name="options">What the server sent for <c>navigator.credentials.create</c>.</param>
    public string Create(string options)
    {
        var asked = JsonDocument.Parse(options).RootElement;
        userHandle = asked.GetProperty("user").GetProperty("id").GetString()!;
        var point = key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
        byte[] data = [.. Data(Attested), .. new byte[16], 0, (byte)id.Length, .. id, .. cose];
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x59, (byte)(data.Length >> 8), (byte)data.Length, .. data];
        return Answer(new { clientDataJSON = Url(Client("webauthn.create", asked)), attestationObject = Url(attestation), transports = new[] { "internal" } });
    }

    /// <param name="options">What the server sent for <c>navigator.credentials.get</c>.</param>
    public string Get(string options)
    {
        var client = Client("webauthn.get", JsonDocument.Parse(options).RootElement);
        var data = Data(0);
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new { clientDataJSON = Url(client), authenticatorData = Url(data), signature = Url(signature), userHandle });
    }

    public void Dispose() => key.Dispose();

    private byte[] Data(byte more)
    {
        var flags = (byte)(Present | more | (VerifiesUser ? Verified : 0) | (Synced ? BackupEligible | BackedUp : 0));
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Site)), flags, .. count];
    }

    private byte[] Client(string type, JsonElement options) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = options.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false });

    private string Answer(object response) => JsonSerializer.Serialize(new { id = Url(id), rawId = Url(id), type = "public-key", clientExtensionResults = new { }, response });

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static string Url(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
