using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using Rpd.Server.Storage;
using Rpd.Shared.Generations;

namespace Rpd.Server.Library;

/// <summary>
/// The files of several generations as one archive, written while it is sent: one buffer of memory, however much it is. Nothing is compressed, because
/// pictures, films and sound are already. What was asked for to make them stands in <c>manifest.json</c>.
/// </summary>
public sealed class DownloadTogether(NpgsqlDataSource database, IStorage storage, TimeProvider time)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IResult Answer(Guid account, IReadOnlyList<GenerationView> items) => new Archive(this, account, items, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));

    private async Task Write(Stream body, Guid account, IReadOnlyList<GenerationView> items, CancellationToken cancel)
    {
        var keys = await Keys(account, items, cancel);
        // Its headers are written without waiting, which a response does not allow: they wait in memory for what follows.
        await using var patient = new PatientStream(body);
        await using var archive = await ZipArchive.CreateAsync(patient, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        var told = new List<object>();
        foreach (var (index, item) in items.Index())
        {
            var files = new List<string>();
            foreach (var (ordinal, key) in keys.GetValueOrDefault(item.Id, []))
            {
                await using var content = await storage.Open(key, cancel);
                // Purged since it was looked up.
                if (content is null) continue;
                var name = ArchiveNames.Of(index, item, ordinal, keys[item.Id].Count, Path.GetExtension(key));
                await using var file = await Entry(archive, name, item.CreatedAt, cancel);
                await content.CopyToAsync(file, cancel);
                files.Add(name);
            }
            told.Add(new { item.Id, item.Title, item.Prompt, item.NegativePrompt, item.Type, item.Provider, item.Model, item.Params, item.CreatedAt, Files = files });
        }
        await using var manifest = await Entry(archive, "manifest.json", time.GetUtcNow(), cancel);
        await JsonSerializer.SerializeAsync(manifest, told, Readable, cancel);
    }

    private static Task<Stream> Entry(ZipArchive archive, string name, DateTimeOffset at, CancellationToken cancel)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = at;
        return entry.OpenAsync(cancel);
    }

    private async Task<Dictionary<Guid, List<(int Ordinal, string Key)>>> Keys(Guid account, IReadOnlyList<GenerationView> items, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select o.generation_id, o.ordinal, o.storage_key from outputs o join generations g on g.id = o.generation_id
            where o.generation_id = any($1) and g.account_id = $2 order by o.generation_id, o.ordinal
            """);
        command.Parameters.AddWithValue(items.Select(item => item.Id).ToArray());
        command.Parameters.AddWithValue(account);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var keys = new Dictionary<Guid, List<(int, string)>>();
        while (await row.ReadAsync(cancel))
        {
            if (!keys.TryGetValue(row.GetGuid(0), out var own)) keys[row.GetGuid(0)] = own = [];
            own.Add((row.GetInt32(1), row.GetString(2)));
        }
        return keys;
    }

    private sealed class Archive(DownloadTogether download, Guid account, IReadOnlyList<GenerationView> items, DateOnly day) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            http.Response.ContentType = "application/zip";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"rpd-create-{day:yyyy-MM-dd}.zip\"");
            try
            {
                await download.Write(http.Response.Body, account, items, http.RequestAborted);
            }
            catch (Exception fault) when (fault is not OperationCanceledException && http.Response.HasStarted)
            {
                // Cut off, it is no archive: better than one that looks whole.
                http.Abort();
                throw;
            }
        }
    }
}
