using System.IO.Compression;
using System.Text;
using Npgsql;
using Rpd.Server.Storage;

namespace Rpd.Server.PersonalData;

/// <summary>Writes the archive: the rows as JSON, then the files as they are.</summary>
public sealed class WriteArchive(NpgsqlDataSource database, IStorage storage, ArchivedFiles files)
{
    public async Task Run(Guid account, Stream target, CancellationToken cancel)
    {
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        await Text(zip, "README.txt", ArchiveRows.ReadMe, cancel);
        foreach (var (name, sql) in ArchiveRows.All) await Rows(zip, name, sql, account, cancel);
        var missing = new List<string>();
        await foreach (var file in files.Of(account, cancel))
            if (!await Media(zip, file, cancel)) missing.Add(file.Name);
        if (missing.Count > 0) await Text(zip, "missing.txt", string.Join('\n', missing) + "\n", cancel);
    }

    /// <summary>
    /// Read at the database's pace into a file, then sent at the reader's: a slow reader must not hold a connection of the pool.
    /// </summary>
    private async Task Rows(ZipArchive zip, string name, string sql, Guid account, CancellationToken cancel)
    {
        await using var kept = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (var command = database.CreateCommand(sql))
        {
            command.CommandTimeout = 300;
            command.Parameters.AddWithValue(account);
            await using var row = await command.ExecuteReaderAsync(cancel);
            var first = true;
            await kept.WriteAsync("[\n"u8.ToArray(), cancel);
            while (await row.ReadAsync(cancel))
            {
                if (!first) await kept.WriteAsync(",\n"u8.ToArray(), cancel);
                first = false;
                await kept.WriteAsync(Encoding.UTF8.GetBytes(row.GetString(0)), cancel);
            }
            await kept.WriteAsync("\n]\n"u8.ToArray(), cancel);
        }
        kept.Position = 0;
        await Copy(zip.CreateEntry(name, CompressionLevel.Fastest), kept, cancel);
    }

    private async Task<bool> Media(ZipArchive zip, ArchivedFile file, CancellationToken cancel)
    {
        await using var content = await storage.Open(file.Key, cancel);
        if (content is null) return false;
        // Pictures, films and sound are as small as they get.
        await Copy(zip.CreateEntry(file.Name, CompressionLevel.NoCompression), content, cancel);
        return true;
    }

    private static async Task Text(ZipArchive zip, string name, string text, CancellationToken cancel)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await Copy(zip.CreateEntry(name, CompressionLevel.Fastest), content, cancel);
    }

    private static async Task Copy(ZipArchiveEntry entry, Stream content, CancellationToken cancel)
    {
        await using var target = entry.Open();
        await content.CopyToAsync(target, cancel);
    }
}
