using Microsoft.AspNetCore.WebUtilities;
using Rpd.Server.Http;
using Rpd.Server.Storage;

namespace Rpd.Server.Generations.Inputs;

/// <summary>Where an input is to be had.</summary>
public abstract record InputSource
{
    /// <summary>An upload: <c>file:&lt;id&gt;</c>.</summary>
    public sealed record OwnFile(Guid File) : InputSource;

    /// <summary>A signed address of this server, which is the permission to read what lies there.</summary>
    public sealed record Stored(string Key) : InputSource;

    /// <summary>A published file of this server.</summary>
    public sealed record Published(Guid Publication, string Name) : InputSource;

    /// <summary>A signed address of this server whose time is over, or that somebody has changed.</summary>
    public sealed record Expired : InputSource;

    public sealed record Remote(Uri Address) : InputSource;
}

/// <summary>
/// Tells this server's own addresses from other people's. They are read from the storage: over the network the guard would refuse a server that lives
/// on a private address, and the bytes would make a detour.
/// </summary>
public sealed class InputSources(PublicAddress address, SignedUrls urls)
{
    /// <param name="text">As <see cref="Fields.Address"/> lets it through.</param>
    public InputSource Read(string text)
    {
        if (text.StartsWith("file:", StringComparison.Ordinal)) return new InputSource.OwnFile(Guid.Parse(text.AsSpan(5)));
        var uri = new Uri(text);
        if (uri.GetLeftPart(UriPartial.Authority) != address.Url.GetLeftPart(UriPartial.Authority)) return new InputSource.Remote(uri);
        var root = address.Url.AbsolutePath.TrimEnd('/');
        if (Below(uri, root + "/files/") is { } key)
        {
            var query = QueryHelpers.ParseQuery(uri.Query);
            return urls.Valid(key, query.GetValueOrDefault("e"), query.GetValueOrDefault("s")) ? new InputSource.Stored(key) : new InputSource.Expired();
        }
        return Below(uri, root + "/media/")?.Split('/') is [var publication, var name] && Guid.TryParse(publication, out var id)
            ? new InputSource.Published(id, name) : new InputSource.Remote(uri);
    }

    private static string? Below(Uri uri, string folder) => uri.AbsolutePath.StartsWith(folder, StringComparison.Ordinal) ? uri.AbsolutePath[folder.Length..] : null;
}
