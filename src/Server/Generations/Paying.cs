using Rpd.Server.ApiKeys;

namespace Rpd.Server.Generations;

/// <summary>A credential as the ledger sees it: who pays, and the window of the key's cap.</summary>
public static class Paying
{
    public static Payer Payer(this Credential credential, string face, DateTimeOffset now) => credential.Cap is not { } cap
        ? new(credential.AccountId, face, credential.ApiKeyId)
        : new(credential.AccountId, face, credential.ApiKeyId, cap.Credits, cap.Period, WindowStart(cap.Period, now));

    /// <summary>Windows are UTC days, ISO weeks (from Monday) and months; a total has one window for ever.</summary>
    public static DateTimeOffset WindowStart(string period, DateTimeOffset now)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return period switch
        {
            "day" => day,
            "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            "month" => day.AddDays(1 - day.Day),
            _ => DateTimeOffset.UnixEpoch,
        };
    }
}
