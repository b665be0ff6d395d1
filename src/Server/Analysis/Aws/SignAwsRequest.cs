using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rpd.Server.Providers;

namespace Rpd.Server.Analysis.Aws;

/// <summary>
/// AWS Signature Version 4 of a request: its method, address, a few headers and the hash of its body, under a key that is derived for the day, region and
/// service. Source: AWS General Reference, "Signing AWS API requests"; held against AWS's published test suite.
/// </summary>
public static class SignAwsRequest
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds <c>X-Amz-Date</c> and <c>Authorization</c>.</summary>
    /// <param name="signed">Headers of the request that are signed beside Host and the date, in lower case, with their values.</param>
    public static void Run(HttpRequestMessage request, ReadOnlySpan<byte> body, string accessKey, Secret secretKey, string region, string service, DateTimeOffset now, params IEnumerable<(string Name, string Value)> signed)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var address = request.RequestUri!;
        var headers = signed.Append(("host", address.IsDefaultPort ? address.IdnHost : address.Authority)).Append(("x-amz-date", time)).OrderBy(header => header.Item1, StringComparer.Ordinal).ToList();
        var names = string.Join(';', headers.Select(header => header.Item1));
        var canonical = string.Join('\n', [request.Method.Method, address.AbsolutePath, Query(address), .. headers.Select(header => $"{header.Item1}:{header.Item2.Trim()}"), "", names, Hex(SHA256.HashData(body))]);
        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        var text = string.Join('\n', Algorithm, time, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = new[] { time[..8], region, service, "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey.Reveal()), Mac);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", time);
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={accessKey}/{scope}, SignedHeaders={names}, Signature={Hex(Mac(key, text))}");
    }

    private static string Query(Uri address) => string.Join('&', address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Contains('=') ? pair : pair + "=").Order(StringComparer.Ordinal));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
