using System.Security.Cryptography;

namespace Rpd.Server.Storage;

/// <summary>A stored file as a file of this machine, for programs that read files.</summary>
public sealed record LocalCopy(string Path, long Bytes, byte[] Sha256)
{
    /// <returns>Null when there is no such key.</returns>
    public static async Task<LocalCopy?> Make(IStorage storage, string key, string path, CancellationToken cancel)
    {
        await using var content = await storage.Open(key, cancel);
        return content is null ? null : await Write(content, path, cancel);
    }

    private static async Task<LocalCopy> Write(Stream content, string path, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        var buffer = new byte[128 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, cancel)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        return new(path, file.Length, hash.GetHashAndReset());
    }
}
