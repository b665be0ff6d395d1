using Npgsql;
using NpgsqlTypes;

namespace Rpd.Server.Generations;

/// <summary>The rows of collected files, inside the transaction that completes their generation.</summary>
internal static class StoreOutputs
{
    public static void Add(NpgsqlBatch batch, Guid generation, IReadOnlyList<Output> outputs)
    {
        foreach (var output in outputs)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("""
                insert into outputs (generation_id, ordinal, storage_key, content_type, width, height, duration_seconds, bytes, blur_hash, thumbnail_widths, seed)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """)
            {
                Parameters =
                {
                    new() { Value = generation }, new() { Value = output.Ordinal }, new() { Value = output.StorageKey }, new() { Value = output.ContentType },
                    Null(output.Width, NpgsqlDbType.Integer), Null(output.Height, NpgsqlDbType.Integer), Null(output.DurationSeconds, NpgsqlDbType.Double),
                    new() { Value = output.Bytes }, Null(output.BlurHash, NpgsqlDbType.Text), new() { Value = output.ThumbnailWidths.ToArray() },
                    Null(output.Seed, NpgsqlDbType.Bigint),
                },
            });
        }
    }

    private static NpgsqlParameter Null(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
