using System.Globalization;
using System.Net;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys;

/// <summary>What somebody wants of a key. <see cref="Check"/> says everything that is wrong with it at once, by the API's field names.</summary>
public sealed record KeyWish
{
    public const int NameMax = 80, AddressesMax = 50, YearsMax = 10;
    public const long CapMax = 1_000_000_000;
    public static readonly IReadOnlyList<int> UsualAlerts = [50, 80, 100];

    public string? Name { get; init; }
    public IReadOnlyList<string>? Scopes { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public long? CapCredits { get; init; }
    public string? CapPeriod { get; init; }
    public IReadOnlyList<string>? AllowedIps { get; init; }
    public string Prefix { get; init; } = KeyFormat.Native;
    public IReadOnlyList<int> AlertPercents { get; init; } = UsualAlerts;
    public bool Watched { get; init; } = true;

    /// <param name="grantable">What the asker may hand on.</param>
    public IReadOnlyList<FieldError> Check(IReadOnlyCollection<string> grantable, DateTimeOffset now)
    {
        var wrong = new List<FieldError>();
        if (WrongName(Name) is { } name) wrong.Add(new("name", name));
        if (Scopes is not { Count: > 0 }) wrong.Add(new("scopes", $"Choose at least one scope of: {string.Join(", ", grantable)}."));
        else if (Scopes.FirstOrDefault(scope => !grantable.Contains(scope)) is { } bad)
            wrong.Add(new("scopes", Known(bad) ? $"The scope \"{bad}\" cannot be given here." : $"There is no scope \"{bad}\". There are: {string.Join(", ", grantable)}."));
        if (ExpiresAt is { } end && (end <= now || end > now.AddYears(YearsMax))) wrong.Add(new("expiresAt", $"The end must lie in the next {YearsMax} years."));
        wrong.AddRange(WrongCap(CapCredits, CapPeriod, Prefix));
        if (WrongAddresses(AllowedIps) is { } addresses) wrong.Add(new("allowedIps", addresses));
        if (Prefix is not (KeyFormat.Native or KeyFormat.Tasks or KeyFormat.Test)) wrong.Add(new("prefix", $"prefix must be one of: {KeyFormat.Native}, {KeyFormat.Tasks}, {KeyFormat.Test}."));
        return wrong;
    }

    internal static string? WrongName(string? name, string what = "key") =>
        string.IsNullOrWhiteSpace(name) ? $"Give the {what} a name."
            : name.Trim().Length > NameMax ? $"The name may have {NameMax} characters at most."
            : name.Any(char.IsControl) ? "The name must be one line of text." : null;

    internal static IEnumerable<FieldError> WrongCap(long? credits, string? period, string prefix)
    {
        if (credits is null && period is null) yield break;
        if (prefix == KeyFormat.Test && credits is not null) yield return new("cap", "A test key spends nothing that a cap could save: leave the cap out.");
        if (credits is null) yield return new("cap.credits", "Say how many credits the key may spend.");
        else if (credits is < 1 or > CapMax) yield return new("cap.credits", string.Create(CultureInfo.InvariantCulture, $"The cap must be between 1 and {CapMax} credits."));
        if (period is null || !CapRule.Periods.Contains(period)) yield return new("cap.period", $"The period must be one of: {string.Join(", ", CapRule.Periods)}.");
    }

    internal static string? WrongAddresses(IReadOnlyList<string>? blocks)
    {
        if (blocks is null) return null;
        if (blocks.Count > AddressesMax) return $"A key may have {AddressesMax} addresses at most.";
        return blocks.FirstOrDefault(block => Block(block) is null) is { } bad
            ? $"\"{bad}\" is neither an address nor a block such as 203.0.113.0/24 or 2001:db8::/32." : null;
    }

    /// <summary>In the one spelling that is stored: <c>203.0.113.7</c> becomes <c>203.0.113.7/32</c>. Null when it is no block.</summary>
    internal static string? Block(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.Contains('/', StringComparison.Ordinal))
        {
            // Four numbers or colons: the parser also takes 1 for 0.0.0.1, which nobody means.
            if (!IPAddress.TryParse(trimmed, out var one) || (one.GetAddressBytes().Length == 4 && trimmed.Count('.') != 3)) return null;
            return $"{one}/{one.GetAddressBytes().Length * 8}";
        }
        return IPNetwork.TryParse(trimmed, out var block) && (block.BaseAddress.GetAddressBytes().Length == 16 || trimmed.Count('.') == 3) ? block.ToString() : null;
    }

    internal static string[] Blocks(IReadOnlyList<string>? blocks) => [.. (blocks ?? []).Select(block => Block(block)!).Distinct()];

    private static bool Known(string scope) => scope == Rpd.Shared.ApiKeys.Scopes.Admin || Rpd.Shared.ApiKeys.Scopes.Grantable.Contains(scope);
}
