using System.Globalization;
using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>What every list understands: <c>?limit=</c> (1–100, default 20) and <c>?cursor=</c>.</summary>
public sealed record ListQuery(int Limit, string? Position)
{
    private const int Usual = 20;

    /// <param name="besides">What is wrong with the list's own filters: all mistakes are named at once.</param>
    public static Outcome<ListQuery> Read(HttpContext http, string list, Cursors cursors, IReadOnlyList<FieldError>? besides = null)
    {
        List<FieldError> wrong = [.. besides ?? []];
        var limit = Usual;
        if (http.Request.Query["limit"].FirstOrDefault() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > 100))
            wrong.Add(new("limit", "limit must be a number from 1 to 100."));
        string? position = null;
        if (http.Request.Query["cursor"].FirstOrDefault() is { Length: > 0 } cursor && (position = cursors.Read(list, cursor)) is null)
            wrong.Add(new("cursor", "cursor is not one of this list's."));
        return wrong.Count > 0 ? Refusal.Invalid(wrong) : new ListQuery(limit, position);
    }
}
