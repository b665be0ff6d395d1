using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rpd.Server.Providers.Kling;

/// <summary>The signed token that a pair of keys makes: HS256, good for half an hour, from five seconds ago on because clocks differ.</summary>
internal static class KlingToken
{
    private const int LifeSeconds = 1800, EarlySeconds = 5;

    public static string Make(string accessKey, Secret secretKey, DateTimeOffset now)
    {
        var issued = now.ToUnixTimeSeconds();
        var head = Part(new { alg = "HS256", typ = "JWT" });
        var claims = Part(new { iss = accessKey, exp = issued + LifeSeconds, nbf = issued - EarlySeconds });
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secretKey.Reveal()), Encoding.ASCII.GetBytes($"{head}.{claims}"));
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
