using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Rpd.Server.Tests.ApiKeys.External;

/// <summary>An issuer that signs whatever a test wants, and can be away.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    public const string Audience = "rpd", Party = "https://app.example.org";

    private readonly WebApplication app;
    private readonly RSA rsa = RSA.Create(2048);
    private readonly ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private FakeIssuer(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    public string KeyId { get; set; } = "k1";

    public bool Down { get; set; }

    public string? SaysItIs { get; set; }

    /// <summary>How often its keys were asked for.</summary>
    public int Asked { get; private set; }

    public RSA Rsa => rsa;

    public static async Task<FakeIssuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new FakeIssuer(builder.Build());
        issuer.app.MapGet("/.well-known/openid-configuration", () => issuer.Down ? Results.StatusCode(503)
            : Results.Json(new { issuer = issuer.SaysItIs ?? issuer.Address, jwks_uri = issuer.Address + "/keys" }));
        issuer.app.MapGet("/keys", () =>
        {
            issuer.Asked++;
            return issuer.Down ? Results.StatusCode(503) : Results.Json(issuer.Keys());
        });
        await issuer.app.StartAsync();
        return issuer;
    }

    public Dictionary<string, object> Header(string alg = "RS256") => new() { ["alg"] = alg, ["kid"] = alg == "ES256" ? "ec" : KeyId, ["typ"] = "JWT" };

    public Dictionary<string, object> Claims(DateTimeOffset now, string sub = "user_1") => new()
    {
        ["iss"] = Address,
        ["sub"] = sub,
        ["aud"] = Audience,
        ["azp"] = Party,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        ["email"] = "ada@example.org",
    };

    public string Sign(Dictionary<string, object> header, Dictionary<string, object> claims, Func<byte[], byte[]>? signer = null)
    {
        var input = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var bytes = Encoding.ASCII.GetBytes(input);
        return $"{input}.{Encode(signer?.Invoke(bytes) ?? ((string)header["alg"] == "ES256" ? curve.SignData(bytes, HashAlgorithmName.SHA256) : rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)))}";
    }

    public string Token(DateTimeOffset now, string sub = "user_1", string alg = "RS256") => Sign(Header(alg), Claims(now, sub));

    public static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
        curve.Dispose();
    }

    private object Keys()
    {
        var (numbers, point) = (rsa.ExportParameters(false), curve.ExportParameters(false).Q);
        return new
        {
            keys = new object[]
            {
                new { kty = "RSA", kid = KeyId, use = "sig", n = Encode(numbers.Modulus!), e = Encode(numbers.Exponent!) },
                new { kty = "EC", kid = "ec", crv = "P-256", alg = "ES256", x = Encode(point.X!), y = Encode(point.Y!) },
                new { kty = "oct", kid = "secret", k = "c2VjcmV0" },
                new { kty = "RSA", kid = "for-encryption", use = "enc", n = Encode(numbers.Modulus!), e = Encode(numbers.Exponent!) },
                new { kty = "EC", kid = "beside-the-curve", crv = "P-256", x = Encode(new byte[32]), y = Encode(new byte[32]) },
            },
        };
    }
}
