using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Google;

/// <summary>
/// The access token of a service account: an assertion signed with its key (RS256, an hour at most) is exchanged where the account's own <c>token_uri</c> says.
/// </summary>
internal static class GoogleToken
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform", Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer", UsualEndpoint = "https://oauth2.googleapis.com/token";
    private const int LifeSeconds = 3600;

    // Many may wait for the one that makes it: it ends by itself, and not with the first of them.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    public static async Task<string> Get(VendorSession session, CancellationToken cancel)
    {
        var account = session.Access.ServiceAccount ?? throw Unusable();
        return await session.Tokens.Get("google", account, () => Exchange(session, account)).WaitAsync(cancel);
    }

    private static async Task<(string Token, DateTimeOffset End)> Exchange(VendorSession session, Secret secret)
    {
        var now = session.Time.GetUtcNow();
        var (endpoint, assertion) = Assertion(secret, now);
        using var within = new CancellationTokenSource(Within);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new FormUrlEncodedContent([new("grant_type", Grant), new("assertion", assertion)]),
        };
        var answer = await session.Fetch(request, within.Token);
        return (answer.At("access_token").Text() ?? throw new HttpRequestException(HttpRequestError.UserAuthenticationError, "The token endpoint answered without a token."),
            now.AddSeconds(answer.At("expires_in").Number(LifeSeconds) ?? LifeSeconds));
    }

    private static (Uri Endpoint, string Assertion) Assertion(Secret secret, DateTimeOffset now)
    {
        try
        {
            var text = secret.Reveal().Trim();
            using var json = JsonDocument.Parse(text.StartsWith('{') ? text : File.ReadAllText(text));
            var account = json.RootElement;
            if (account.At("client_email").Text() is not { } email || account.At("private_key").Text() is not { } key) throw Unusable();
            var endpoint = account.At("token_uri").Text() ?? UsualEndpoint;
            var issued = now.ToUnixTimeSeconds();
            var head = Part(new Dictionary<string, object?> { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = account.At("private_key_id").Text() });
            var claims = Part(new Dictionary<string, object?> { ["iss"] = email, ["scope"] = Scope, ["aud"] = endpoint, ["iat"] = issued, ["exp"] = issued + LifeSeconds });
            using var rsa = RSA.Create();
            rsa.ImportFromPem(key);
            var signature = rsa.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return (new Uri(endpoint), $"{head}.{claims}.{Base64Url.EncodeToString(signature)}");
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException or ArgumentException or CryptographicException or UriFormatException)
        {
            throw Unusable();
        }
    }

    private static HttpRequestException Unusable() =>
        new(HttpRequestError.UserAuthenticationError, "Providers:google:ServiceAccount is neither the JSON of a service account nor the path of a file with it.");

    private static string Part(Dictionary<string, object?> value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
