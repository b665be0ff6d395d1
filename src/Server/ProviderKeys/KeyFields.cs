using System.Text.RegularExpressions;
using Rpd.Server.Http;
using Rpd.Shared.ProviderKeys;

namespace Rpd.Server.ProviderKeys;

/// <summary>What a form has for one vendor's credentials.</summary>
/// <param name="Names">Its fields, in their order.</param>
/// <param name="Needs">What must be filled in, for people.</param>
internal sealed record KeyForm(IReadOnlyList<string> Names, string Needs);

/// <summary>Reads credentials. Where they are taken to is the operator's to say alone: no field of these is an address, nor may one become a part of another host.</summary>
internal static partial class KeyFields
{
    public const string ApiKey = "apiKey", AccessKey = "accessKey", SecretKey = "secretKey", ServiceAccount = "serviceAccount", Project = "project", Location = "location";

    private static readonly KeyForm Usual = new([ApiKey], "Enter the API key.");

    private static readonly Dictionary<string, KeyForm> Others = new()
    {
        ["kling"] = new([ApiKey, AccessKey, SecretKey], "Enter an API key, or an access key and its secret key."),
        ["google"] = new([ApiKey, ServiceAccount, Project, Location], "Enter a key of the Gemini API, or the JSON of a service account and its project."),
        ["luma"] = new([ApiKey, SecretKey], "Enter a key of the Agents API, or one of the Dream Machine API as the secret key."),
    };

    public static KeyForm Of(string provider) => Others.GetValueOrDefault(provider, Usual);

    /// <returns>What was sent; what is wrong with it stands in <paramref name="fields"/>.</returns>
    public static OwnCredentials Read(Fields fields, string provider)
    {
        var form = Of(provider);
        return new(
            Take(ApiKey, ProviderKeyLimits.Key, Visible), Take(AccessKey, ProviderKeyLimits.Key, Visible), Take(SecretKey, ProviderKeyLimits.Key, Visible),
            Take(ServiceAccount, ProviderKeyLimits.ServiceAccount, Any) is { } json ? GoogleAccount.Read(json, fields) : null,
            Take(Project, ProviderKeyLimits.Name, CloudName), Take(Location, ProviderKeyLimits.Name, CloudName));

        string? Take(string name, int most, Func<Regex> rule)
        {
            var before = fields.Errors.Count;
            if (fields.Text(name, most)?.Trim() is not { Length: > 0 } text || fields.Errors.Count > before) return null;
            if (!form.Names.Contains(name)) fields.Wrong(name, $"{provider} takes no {name}. It takes: {string.Join(", ", form.Names)}.");
            else if (!rule().IsMatch(text)) fields.Wrong(name, rule == Visible ? $"{name} has characters that no key has." : $"{name} must be a name as the cloud knows it: letters, digits and dashes.");
            else return text;
            return null;
        }
    }

    /// <summary>What may stand in a header.</summary>
    [GeneratedRegex(@"^[\x21-\x7E]+\z")]
    private static partial Regex Visible();

    // Becomes a part of a host's name and of paths.
    [GeneratedRegex(@"^[a-z][a-z0-9-]*\z")]
    private static partial Regex CloudName();

    [GeneratedRegex("")]
    private static partial Regex Any();
}
