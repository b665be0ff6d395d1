namespace Rpd.Server.Storage;

/// <summary>
/// Files below one folder. A file is written in the folder of drafts and moved to its place, so that a crash or a full disk leaves no half file.
/// </summary>
public sealed class DiskStorage : IStorage
{
    /// <summary>How the name of a file ends while it is being written.</summary>
    public const string DraftSuffix = ".part";

    // No key begins with a dot.
    private const string DraftFolder = ".drafts";

    private static readonly TimeSpan DraftAge = TimeSpan.FromMinutes(1);

    private readonly string root;
    private readonly string drafts;

    public DiskStorage(string root)
    {
        this.root = Path.GetFullPath(root);
        drafts = Path.Combine(this.root, DraftFolder);
    }

    public string? Origin => null;

    public Task Put(string key, Stream content, CancellationToken cancel) => Draft(key, file => content.CopyToAsync(file, cancel));

    public Task<Stream?> Open(string key, CancellationToken cancel) => Task.FromResult<Stream?>(OpenFile(key));

    public async Task<bool> Copy(string from, string to, CancellationToken cancel)
    {
        await using var content = OpenFile(from);
        if (content is null) return false;
        await Put(to, content, cancel);
        return true;
    }

    public Task DeleteAll(string prefix, CancellationToken cancel)
    {
        var path = PathOf(prefix);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        else if (File.Exists(path)) File.Delete(path);
        return Task.CompletedTask;
    }

    public Uri? ReadAddress(string key, string method, StoredHeaders headers, TimeSpan life) => null;

    public Uri? WriteAddress(string key, string contentType, long bytes, TimeSpan life) => null;

    /// <summary>Removes what writers that died have left behind. A draft that somebody is writing is locked by him.</summary>
    public int ClearDrafts()
    {
        var cleared = 0;
        if (!Directory.Exists(drafts)) return cleared;
        foreach (var draft in Directory.EnumerateFiles(drafts, "*" + DraftSuffix))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(draft) < DraftAge || InUse(draft)) continue;
            File.Delete(draft);
            cleared++;
        }
        return cleared;
    }

    private async Task Draft(string key, Func<FileStream, Task> write)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(drafts);
        var draft = Path.Combine(drafts, $"{Guid.CreateVersion7():N}{DraftSuffix}");
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, 81920, FileOptions.Asynchronous))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private FileStream? OpenFile(string key)
    {
        var path = PathOf(key);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 81920, FileOptions.Asynchronous) : null;
    }

    private static bool InUse(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private string PathOf(string key) => Path.Combine(root, StorageKey.Check(key).Replace('/', Path.DirectorySeparatorChar));
}
