using Npgsql;

namespace Rpd.Server.Usage;

/// <summary>
/// A recurring duty: sums of all accounts for each hour that is over, in their order. What is booked is booked in the hour of its booking, so that an hour is complete when it is over and
/// the last transaction that began in it has ended.
/// </summary>
public sealed class SumHouse(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>For transactions that began in the hour, and for nodes whose clocks differ.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    // The first time there may be years; the others wait meanwhile.
    private const int AtOnce = 500;

    public async Task<int> Run(CancellationToken cancel)
    {
        var (last, now) = (time.GetUtcNow() - Grace, 0);
        while (now < AtOnce && await Next(cancel) is { } hour && hour.AddHours(1) <= last)
        {
            await using var command = database.CreateCommand("select house_usage_sum($1)");
            command.Parameters.AddWithValue(hour);
            await command.ExecuteNonQueryAsync(cancel);
            now++;
        }
        return now;
    }

    /// <summary>The first hour with something in it that was not summed.</summary>
    private async Task<DateTimeOffset?> Next(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select min(hour) from usage_hours where hour > coalesce((select max(hour) from house_usage_hours), '-infinity')");
        return await command.ExecuteScalarAsync(cancel) is DateTime hour ? new DateTimeOffset(hour, TimeSpan.Zero) : null;
    }
}
