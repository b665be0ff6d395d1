using System.Text.Json;
using Npgsql;
using Rpd.Server.Catalog;
using Rpd.Server.Storage;

namespace Rpd.Server.Generations.Inputs;

/// <summary>How long the files are that requests start from, as far as this server has measured them: models that are sold by the length of their input need not be told.</summary>
public sealed class InputLengths(NpgsqlDataSource database, ModelCatalog catalog, InputSources sources, PublishedFiles published)
{
    /// <summary>Asks nothing when none of the models goes by the length of its input.</summary>
    /// <param name="files">Addresses as they were sent, and ids of parents.</param>
    public async Task<KnownLengths> Of(Guid account, bool test, IEnumerable<string?> models, IEnumerable<string?> files, CancellationToken cancel)
    {
        if (!models.Any(model => model is not null && catalog.Find(model) is { FollowsInput: true })) return KnownLengths.None;
        var asked = new List<(string Text, Guid? File, string? Key, Guid? Run)>();
        foreach (var text in files.OfType<string>().Distinct())
        {
            if (Guid.TryParse(text, out var parent)) asked.Add((parent.ToString(), null, null, parent));
            else if (text.StartsWith("file:", StringComparison.Ordinal) && Guid.TryParse(text.AsSpan(5), out var file)) asked.Add((text, file, null, null));
            else if (await Key(text, cancel) is { } key && CollectOutputs.GenerationOf(key) is { } run) asked.Add((text, null, key, run));
        }
        return asked.Count == 0 ? KnownLengths.None : new(await Measured(account, test, asked, cancel));
    }

    public Task<KnownLengths> Of(Guid account, bool test, IEnumerable<JsonElement> models, IEnumerable<JsonElement> requests, CancellationToken cancel) =>
        Of(account, test, models.Select(one => Text(one, "model")), requests.SelectMany(one => KnownLengths.Fields.Select(field => Text(one, field))), cancel);

    private static string? Text(JsonElement one, string field) =>
        one.ValueKind == JsonValueKind.Object && one.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private async Task<string?> Key(string text, CancellationToken cancel) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") ? null : sources.Read(text) switch
        {
            InputSource.Stored stored => stored.Key,
            InputSource.Published work => await published.Find(work.Publication, work.Name, cancel),
            _ => null,
        };

    private async Task<Dictionary<string, decimal>> Measured(Guid account, bool test, List<(string Text, Guid? File, string? Key, Guid? Run)> asked, CancellationToken cancel)
    {
        // Whoever has the address of a file may read it; a parent is one's own, or a published one.
        await using var command = database.CreateCommand("""
            select a.text, coalesce(f.duration_seconds, o.duration_seconds)::numeric from unnest($3::text[], $4::uuid[], $5::text[], $6::uuid[]) as a(text, file, key, run)
            left join files f on f.id = a.file and f.account_id = $1 and f.confirmed_at is not null
            left join lateral (
              select o.duration_seconds from outputs o join generations g on g.id = o.generation_id
              where o.generation_id = a.run and o.duration_seconds is not null and (o.storage_key = a.key or (a.key is null
                and ((g.account_id = $1 and g.test = $2) or exists (select 1 from publications p where p.generation_id = g.id and not p.hidden))))
              order by o.ordinal limit 1) o on true
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(test);
        command.Parameters.AddWithValue(asked.Select(one => one.Text).ToArray());
        command.Parameters.AddWithValue(asked.Select(one => one.File).ToArray());
        command.Parameters.Add(new() { Value = asked.Select(one => one.Key).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.AddWithValue(asked.Select(one => one.Run).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var known = new Dictionary<string, decimal>();
        while (await reader.ReadAsync(cancel))
            if (!reader.IsDBNull(1)) known[reader.GetString(0)] = reader.GetDecimal(1);
        return known;
    }
}

/// <summary>In seconds, by address or parent's id as they were sent.</summary>
public sealed record KnownLengths(IReadOnlyDictionary<string, decimal> Seconds)
{
    /// <summary>Where the files of a request stand that have a length.</summary>
    public static readonly IReadOnlyList<string> Fields = ["inputVideoUrl", "inputAudioUrl", "parentId"];

    public static KnownLengths None { get; } = new(new Dictionary<string, decimal>());

    /// <summary>What would be paid for: whole seconds of the longest of them. Null when none is known.</summary>
    public decimal? Longest(string? video, string? audio, Guid? parent)
    {
        var known = new[] { video, audio }.OfType<string>().Select(text => Seconds.TryGetValue(text, out var seconds) ? seconds : (decimal?)null).OfType<decimal>().ToArray();
        // A parent stands in for a file that is not there.
        if (known.Length == 0 && parent is not null && Seconds.TryGetValue(parent.Value.ToString(), out var its)) known = [its];
        return known.Length == 0 ? null : Math.Max(1, Math.Ceiling(known.Max()));
    }
}
