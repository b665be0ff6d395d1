using System.Globalization;
using System.Text;

namespace Rpd.Server.Events;

/// <summary>An event as it travels. Made of frozen parts only, so that it is the same bytes every time.</summary>
public static class EventBody
{
    public static string Id(Guid uid) => "evt_" + uid.ToString("N");

    /// <summary><c>{event,timestamp,data}</c> in UTF-8.</summary>
    /// <param name="data">The text of the column.</param>
    public static byte[] Write(string name, DateTimeOffset at, string data) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $$"""{"event":"{{name}}","timestamp":"{{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","data":{{data}}}"""));
}
