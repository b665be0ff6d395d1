using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Rpd.Server.ApiKeys.External;

/// <summary>One public key of an issuer. The key decides the algorithm, never the token: RS256 for RSA, ES256 for P-256, and no other.</summary>
public sealed class IssuerKey
{
    private const int RsaBitsMin = 2048, RsaBitsMax = 8192;
    private readonly RSAParameters? rsa;
    private readonly ECParameters? curve;

    private IssuerKey(string? id, string algorithm, RSAParameters? rsa, ECParameters? curve) => (Id, Algorithm, this.rsa, this.curve) = (id, algorithm, rsa, curve);

    public string? Id { get; }

    public string Algorithm { get; }

    public bool Signed(SessionToken token)
    {
        if (token.Algorithm != Algorithm) return false;
        // Made anew for each check: the framework's key objects are not for several threads at once.
        if (rsa is { } numbers)
        {
            using var key = RSA.Create(numbers);
            return key.VerifyData(token.SigningInput, token.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        using var point = ECDsa.Create(curve!.Value);
        return token.Signature.Length == 64 && point.VerifyData(token.SigningInput, token.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Null for keys of other kinds and uses: an issuer may have them.</summary>
    public static IssuerKey? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || (Text("use") is { } use && use != "sig")) return null;
        try
        {
            return (Text("kty"), Text("alg")) switch
            {
                ("RSA", null or "RS256") when Bytes("n") is { } n && Bytes("e") is { } e => OfRsa(new() { Modulus = n, Exponent = e }),
                ("EC", null or "ES256") when Text("crv") == "P-256" && Bytes("x") is { Length: 32 } x && Bytes("y") is { Length: 32 } y =>
                    OfCurve(new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = x, Y = y } }),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            // Numbers that are no key, such as a point beside the curve.
            return null;
        }

        IssuerKey? OfRsa(RSAParameters numbers)
        {
            using var key = RSA.Create(numbers);
            return key.KeySize is >= RsaBitsMin and <= RsaBitsMax ? new(Text("kid"), "RS256", numbers, null) : null;
        }

        IssuerKey OfCurve(ECParameters point)
        {
            using var key = ECDsa.Create(point);
            return new(Text("kid"), "ES256", null, point);
        }

        string? Text(string name) => jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        byte[]? Bytes(string name) => Text(name) is { Length: > 0 } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
    }
}
