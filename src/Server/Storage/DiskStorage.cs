using System.Text.RegularExpressions;

namespace Rpd.Server.Storage;

/// <summary>Files below one folder. A file is written beside its place and moved there, so that a crash or a full disk leaves no half file.</summary>
public sealed partial class DiskStorage : IStorage
{
    /// <summary>How the name of a file ends while it is being written.</summary>
    public const string DraftSuffix = ".part";

    private readonly string root;

    public DiskStorage(string root)
    {
        this.root = Path.GetFullPath(root);
        Directory.CreateDirectory(this.root);
    }

    public async Task Put(string key, Stream content, CancellationToken cancel)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.CreateVersion7():N}{DraftSuffix}";
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, 81920, FileOptions.Asynchronous))
            {
                await content.CopyToAsync(file, cancel);
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    public Task<Stream?> Open(string key, CancellationToken cancel)
    {
        var path = PathOf(key);
        return Task.FromResult<Stream?>(File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 81920, FileOptions.Asynchronous) : null);
    }

    public Task DeleteAll(string prefix, CancellationToken cancel)
    {
        var folder = PathOf(prefix);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    private string PathOf(string key)
    {
        if (!Key().IsMatch(key) || key.Contains("..", StringComparison.Ordinal)) throw new ArgumentException($"'{key}' is not a storage key.", nameof(key));
        return Path.Combine(root, key.Replace('/', Path.DirectorySeparatorChar));
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9.-]*)*$")]
    private static partial Regex Key();
}
