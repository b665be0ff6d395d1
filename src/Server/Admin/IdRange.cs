namespace Rpd.Server.Admin;

/// <summary>All ids that begin with the same letters: a stretch of an index.</summary>
internal static class IdRange
{
    private const int DigitsMin = 4, Digits = 32;

    /// <returns>Null for what is no beginning of an id.</returns>
    public static (Guid First, Guid Last)? Of(string? begins)
    {
        var digits = (begins ?? "").Trim().Replace("-", "", StringComparison.Ordinal);
        return digits.Length is >= DigitsMin and <= Digits && digits.All(char.IsAsciiHexDigit) ? (Guid.Parse(digits.PadRight(Digits, '0')), Guid.Parse(digits.PadRight(Digits, 'f'))) : null;
    }
}
