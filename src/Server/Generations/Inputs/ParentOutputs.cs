using Npgsql;
using Rpd.Server.Catalog;

namespace Rpd.Server.Generations.Inputs;

/// <summary>A generation that another starts from: one's own, or a published one.</summary>
public sealed record ParentOutputs(string Status, IReadOnlyList<(string Key, string ContentType)> Files)
{
    /// <param name="within">The caller's open transaction, if there is one: its connection is used.</param>
    /// <param name="test">Whether a test key asks: it sees its own kind.</param>
    /// <returns>Null when the account may not see it.</returns>
    public static async Task<ParentOutputs?> Find(NpgsqlDataSource database, NpgsqlTransaction? within, Guid account, bool test, Guid id, CancellationToken cancel)
    {
        const string sql = """
            select g.status, o.storage_key, o.content_type from generations g left join outputs o on o.generation_id = g.id
            where g.id = $1 and ((g.account_id = $2 and g.test = $3) or exists (
              select 1 from publications p join accounts a on a.id = p.account_id and a.status = 'active' where p.generation_id = g.id and not p.hidden))
            order by o.ordinal
            """;
        await using var command = within is null ? database.CreateCommand(sql) : new NpgsqlCommand(sql, within.Connection, within);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(test);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        string? status = null;
        var files = new List<(string, string)>();
        while (await reader.ReadAsync(cancel))
        {
            status = reader.GetString(0);
            if (!reader.IsDBNull(1)) files.Add((reader.GetString(1), reader.GetString(2)));
        }
        return status is null ? null : new(status, files);
    }

    /// <summary>What the parent has to give: the kinds that the model needs and the request does not bring, or what it made first where the model goes on from that.</summary>
    /// <param name="given">Kinds that the request brings itself.</param>
    public IReadOnlyList<InputKind> Wanted(CatalogEntry entry, string type, IReadOnlyCollection<InputKind> given)
    {
        // Where several kinds will do, the first of them that the parent has.
        var needed = InputKind.Required(entry, type).Where(kinds => !kinds.Any(given.Contains)).Select(kinds => kinds.FirstOrDefault(kind => First(kind) is not null) ?? kinds[0]);
        if (InputKind.ContinuesParent(entry, type) && Files.Count > 0) needed = needed.Append(InputKind.All.First(kind => kind.Fits(Files[0].ContentType)));
        return [.. needed.Distinct().Where(kind => !given.Contains(kind))];
    }

    public string? First(InputKind kind) => Files.FirstOrDefault(file => kind.Fits(file.ContentType)).Key;
}
