namespace Rpd.Server.Storage;

/// <summary>Where media live. Keys are ours (never a user's words): segments of lower-case letters, digits, dots and dashes joined by slashes.</summary>
public interface IStorage
{
    /// <summary>Streams the content in; the key appears only when all of it is there. Overwrites.</summary>
    Task Put(string key, Stream content, CancellationToken cancel);

    /// <summary>A seekable stream, or null when there is no such key.</summary>
    Task<Stream?> Open(string key, CancellationToken cancel);

    /// <summary>A second file with the bytes that <paramref name="from"/> has now; what is put there later does not touch it.</summary>
    /// <returns>False when there is no such key.</returns>
    Task<bool> Copy(string from, string to, CancellationToken cancel);

    /// <summary>Removes the key <paramref name="prefix"/> and every key below it (whole segments). Missing ones are fine.</summary>
    Task DeleteAll(string prefix, CancellationToken cancel);

    /// <summary>An address of the storage itself where the file can be read for a while; null when only this server reads it.</summary>
    /// <param name="method">GET or HEAD.</param>
    Uri? ReadAddress(string key, string method, StoredHeaders headers, TimeSpan life);

    /// <summary>
    /// An address of the storage itself that takes one file of exactly this type and size; null when only this server writes.
    /// </summary>
    Uri? WriteAddress(string key, string contentType, long bytes, TimeSpan life);

    /// <summary>Scheme and host of those addresses, which our pages must be allowed to load from; null when there are none.</summary>
    string? Origin { get; }
}

/// <summary>How a file is to be shown by whoever serves it.</summary>
public sealed record StoredHeaders(string ContentType, string ContentDisposition, string CacheControl);
