using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Http;

namespace Rpd.Server.Events;

/// <summary>
/// Writes an event that is told outside, as a part of the caller's transaction: with it stand its deliveries and its notification. What the data says now
/// is what every receiver will ever be told. After the commit, ring <see cref="Jobs.Lanes.Webhooks"/> when the statement answered true.
/// </summary>
public static class RecordEvent
{
    /// <summary>Answers one boolean: whether there is something to deliver.</summary>
    public const string Sql = "select event_record($1, $2, $3, $4, $5, $6, $7)";

    /// <param name="name">One of <see cref="Rpd.Shared.Events.EventNames"/>.</param>
    /// <param name="requestUrl">The webhookUrl of the request that this is the end of.</param>
    public static NpgsqlParameter[] Values(Guid account, string name, Guid? subject, object data, DateTimeOffset at, string? requestUrl) =>
    [
        new() { Value = account }, new() { Value = Guid.CreateVersion7(at) }, new() { Value = name }, Null(subject, NpgsqlDbType.Uuid),
        new() { Value = Json(data), NpgsqlDbType = NpgsqlDbType.Json }, new() { Value = at }, Null(requestUrl, NpgsqlDbType.Text),
    ];

    public static string Json(object data) => JsonSerializer.Serialize(data, ApiAnswers.Json);

    private static NpgsqlParameter Null(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
