using System.Globalization;
using Npgsql;

namespace Rpd.Server.Gallery;

/// <summary>Where in a list of works a page ends: the values that the list is sorted by, as the text of a cursor.</summary>
internal static class ExplorePosition
{
    /// <param name="order">The sort's own column; null for the newest.</param>
    /// <param name="add">Adds a value to the statement, and names it.</param>
    public static string After(string position, string? order, Func<object, string> add)
    {
        var parts = position.Split('|');
        var at = new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero);
        var rest = $"{add(at)}, {add(Guid.Parse(parts[1]))}";
        if (order is null) return $" and (p.published_at, p.id) < ({rest})";
        object value = order == "p.score" ? double.Parse(parts[2], CultureInfo.InvariantCulture) : int.Parse(parts[2], CultureInfo.InvariantCulture);
        return $" and ({order}, p.published_at, p.id) < ({add(value)}, {rest})";
    }

    public static string Of(NpgsqlDataReader row, string sort) => string.Create(CultureInfo.InvariantCulture,
        $"{row.GetFieldValue<DateTimeOffset>(17).Ticks}|{row.GetGuid(0)}|{(sort == "trending" ? row.GetDouble(Works.Next).ToString("R", CultureInfo.InvariantCulture) : row.GetInt32(Works.Next + 1))}");
}
