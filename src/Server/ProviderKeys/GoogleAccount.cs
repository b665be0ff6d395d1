using System.Security.Cryptography;
using System.Text.Json;
using Rpd.Server.Http;

namespace Rpd.Server.ProviderKeys;

/// <summary>
/// A Google service account as its owner sends it. Only what signing needs is kept, and the token endpoint is Google's own whatever the file says: a server
/// must not call addresses that strangers write down. A path of a file is the operator's way, not theirs.
/// </summary>
internal static class GoogleAccount
{
    private const string TokenEndpoint = "https://oauth2.googleapis.com/token";

    public static string? Read(string text, Fields fields)
    {
        if (Parse(text) is not { } account)
        {
            fields.Wrong(KeyFields.ServiceAccount, $"{KeyFields.ServiceAccount} must be the JSON of a service account, with client_email and private_key.");
            return null;
        }
        return JsonSerializer.Serialize(account);
    }

    /// <summary>What its owner tells it by.</summary>
    public static string Name(string account)
    {
        using var json = JsonDocument.Parse(account);
        return Text(json.RootElement, "private_key_id") ?? "";
    }

    private static Dictionary<string, string>? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (Text(json.RootElement, "client_email") is not { } email || Text(json.RootElement, "private_key") is not { } key) return null;
            using var rsa = RSA.Create();
            rsa.ImportFromPem(key);
            return new()
            {
                ["type"] = "service_account",
                ["client_email"] = email,
                ["private_key"] = key,
                ["private_key_id"] = Text(json.RootElement, "private_key_id") ?? "",
                ["project_id"] = Text(json.RootElement, "project_id") ?? "",
                ["token_uri"] = TokenEndpoint,
            };
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
