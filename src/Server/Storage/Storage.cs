namespace Rpd.Server.Storage;

/// <summary>Where media live. Keys are ours (never a user's words): segments of lower-case letters, digits, dots and dashes joined by slashes.</summary>
public interface IStorage
{
    /// <summary>Streams the content in; the key appears only when all of it is there. Overwrites.</summary>
    Task Put(string key, Stream content, CancellationToken cancel);

    /// <summary>A seekable stream, or null when there is no such key.</summary>
    Task<Stream?> Open(string key, CancellationToken cancel);

    /// <summary>Removes every key that starts with <paramref name="prefix"/> (a whole segment). Missing ones are fine.</summary>
    Task DeleteAll(string prefix, CancellationToken cancel);
}
