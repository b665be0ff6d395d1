using System.Globalization;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Rpd.Server.Storage;

/// <summary>
/// Hands out media: private ones by a signed address, published ones by their publication. Both as inert content. Storage with addresses of its own
/// serves private files itself: ours is a redirect to one that lives for minutes. Published files always come from here, because each request asks
/// whether the publication still stands, and because a cache in front may keep them.
/// </summary>
public static class ServeFiles
{
    private static readonly FileExtensionContentTypeProvider Types = new();
    private static readonly TimeSpan RedirectLife = TimeSpan.FromMinutes(10);

    public static void MapFiles(this WebApplication app)
    {
        app.MapMethods("/files/{**key}", ["GET", "HEAD"], Private).DisableValidation();
        app.MapMethods("/media/{publication:guid}/{name}", ["GET", "HEAD"], Published).DisableValidation();
        app.MapMethods("/avatars/{avatar:guid}/{size:int}.webp", ["GET", "HEAD"], Avatar).DisableValidation();
    }

    private static async Task<IResult> Private(string key, string? e, string? s, bool? download, HttpContext http, SignedUrls urls, IStorage storage)
    {
        if (!urls.Valid(key, e, s)) return Results.StatusCode(403);
        var headers = Headers(key, "private, max-age=3600", download == true);
        if (storage.ReadAddress(key, http.Request.Method, headers, RedirectLife) is not { } address) return await Send(http, storage, key, headers);
        // Kept for half of its life: what a browser follows is good for the other half at least.
        http.Response.Headers.CacheControl = $"private, max-age={(int)RedirectLife.TotalSeconds / 2}";
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return Results.Redirect(address.AbsoluteUri);
    }

    private static async Task<IResult> Published(Guid publication, string name, bool? download, HttpContext http, PublishedFiles published, IStorage storage) =>
        await published.Find(publication, name, http.RequestAborted) is { } key
            ? await Send(http, storage, key, Headers(key, "public, max-age=86400", download == true)) : Results.NotFound();

    /// <summary>The pictures of people: each has an id that is used once, so its bytes never change.</summary>
    private static Task<IResult> Avatar(Guid avatar, int size, HttpContext http, IStorage storage)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"avatars/{avatar:N}/{size}.webp");
        return Send(http, storage, key, Headers(key, "public, max-age=31536000, immutable", download: false));
    }

    private static StoredHeaders Headers(string key, string caching, bool download)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        return new(Types.TryGetContentType(name, out var known) ? known : "application/octet-stream",
            new ContentDispositionHeaderValue(download ? "attachment" : "inline") { FileName = name }.ToString(), caching);
    }

    private static async Task<IResult> Send(HttpContext http, IStorage storage, string key, StoredHeaders stored)
    {
        if (await storage.Open(key, http.RequestAborted) is not { } content) return Results.NotFound();
        var headers = http.Response.Headers;
        headers.CacheControl = stored.CacheControl;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.AccessControlAllowOrigin = "*";
        headers.ContentDisposition = stored.ContentDisposition;
        return Results.Stream(content, stored.ContentType, enableRangeProcessing: true);
    }
}
