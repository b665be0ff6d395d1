using System.Text.Json;
using Npgsql;
using Rpd.Server.Generations;
using Rpd.Shared.Explore;

namespace Rpd.Server.Gallery;

/// <summary>One public work with everything that a visitor may see, and what stands beside it.</summary>
public sealed class WorkQueries(NpgsqlDataSource database)
{
    /// <summary>A work by its generation's id; unlisted ones too, for those who have the address.</summary>
    public async Task<(WorkView Work, bool Listed)?> Find(Guid generation, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            {Works.Columns}, g.params, g.negative_prompt,
              (select p.generation_id from publications p join accounts a on a.id = p.account_id where p.generation_id = g.parent_id and {Works.Listed}),
              p.listed, (select jsonb_agg(x order by x.ordinal) from outputs x where x.generation_id = g.id),
              work_tags(g.title, g.prompt, g.params ->> 'style')
            from publications p{Works.Joined} where g.id = $1 and {Works.Open}
            """);
        command.Parameters.AddWithValue(generation);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return null;
        return (new(Works.Row(reader))
        {
            Outputs = OutputViews.Published(reader.GetFieldValue<JsonElement>(Works.Next + 4), reader.GetGuid(0)),
            Params = reader.GetFieldValue<JsonElement>(Works.Next).EnumerateObject().ToDictionary(param => param.Name, param => param.Value),
            NegativePrompt = reader.IsDBNull(Works.Next + 1) ? null : reader.GetString(Works.Next + 1),
            ParentId = reader.IsDBNull(Works.Next + 2) ? null : reader.GetGuid(Works.Next + 2),
            Tags = reader.GetFieldValue<string[]>(Works.Next + 5),
        }, reader.GetBoolean(Works.Next + 3));
    }

    /// <summary>The works beside this one in the newest-first list.</summary>
    public async Task<(Guid? Newer, Guid? Older)> Neighbours(Guid generation, CancellationToken cancel, bool mature = false)
    {
        await using var command = database.CreateCommand($"""
            select (select p.generation_id from publications p join accounts a on a.id = p.account_id where {Works.ListedFor(mature)} and (p.published_at, p.id) > (x.published_at, x.id) order by p.published_at, p.id limit 1),
              (select p.generation_id from publications p join accounts a on a.id = p.account_id where {Works.ListedFor(mature)} and (p.published_at, p.id) < (x.published_at, x.id) order by p.published_at desc, p.id desc limit 1)
            from publications x where x.generation_id = $1 and x.listed
            """);
        command.Parameters.AddWithValue(generation);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return (null, null);
        return (reader.IsDBNull(0) ? null : reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1));
    }
}
