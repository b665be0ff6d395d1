using Npgsql;
using Rpd.Server.Catalog;
using Rpd.Server.Recognition;
using Rpd.Server.Storage;
using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations.Covering;

/// <summary>The files of somebody's own finished generation, and the faces in those that are pictures.</summary>
public sealed class OutputPictures(NpgsqlDataSource database, IStorage storage, FindFaces faces, ModelCatalog catalog)
{
    // A face too many is a question too many; a face too few is a stranger shown to everybody. The second way of seeking asked about one in ten pictures of
    // lighthouses, boats and flowers, the first about one in a hundred (216 of Studio's own without people).
    private const double Threshold = 0.7;

    /// <param name="Picture">One that may show somebody.</param>
    public sealed record File(string Key, bool Picture);

    public async Task<IReadOnlyList<File>> Of(Guid account, Guid generation, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select o.storage_key, o.content_type, g.type, g.provider from generations g join outputs o on o.generation_id = g.id
            where g.id = $1 and g.account_id = $2 and g.status = 'completed' and not g.test order by o.ordinal
            """);
        command.Parameters.AddWithValue(generation);
        command.Parameters.AddWithValue(account);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var files = new List<File>();
        while (await reader.ReadAsync(cancel)) files.Add(new(reader.GetString(0), reader.GetString(1).StartsWith("image/", StringComparison.Ordinal) && !Drawn(reader.GetString(2), reader.GetString(3))));
        return files;
    }

    private bool Drawn(string type, string provider) => type == GenerationTypes.TextToImage && catalog.Provider(provider) is { Draws: true };

    /// <param name="paint">One of <see cref="FacePaint"/>, or null to count only.</param>
    public async Task<Outcome<FacesFound>> Look(File file, string? paint, CancellationToken cancel)
    {
        await using var content = await storage.Open(file.Key, cancel);
        if (content is null) return Refusal.NotFound("The file");
        var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancel);
        return await faces.Run(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), new(Finder: 1, Threshold, paint), cancel);
    }
}
