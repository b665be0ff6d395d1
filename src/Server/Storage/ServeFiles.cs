using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Npgsql;
using Rpd.Server.Media;

namespace Rpd.Server.Storage;

/// <summary>Hands out media: private ones by a signed address, published ones by their publication. Both as inert content.</summary>
public static class ServeFiles
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void MapFiles(this WebApplication app)
    {
        app.MapMethods("/files/{**key}", ["GET", "HEAD"], Private).DisableValidation();
        app.MapMethods("/media/{publication:guid}/{name}", ["GET", "HEAD"], Published).DisableValidation();
    }

    private static async Task<IResult> Private(string key, string? e, string? s, bool? download, HttpContext http, SignedUrls urls, IStorage storage)
    {
        if (!urls.Valid(key, e, s)) return Results.StatusCode(403);
        return await Send(http, storage, key, "private, max-age=3600", download == true);
    }

    private static async Task<IResult> Published(Guid publication, string name, bool? download, HttpContext http, NpgsqlDataSource database, IStorage storage)
    {
        await using var command = database.CreateCommand("""
            select o.storage_key, o.thumbnail_widths from publications p join outputs o on o.generation_id = p.generation_id
            join accounts a on a.id = p.account_id and a.status = 'active' where p.id = $1
            """);
        command.Parameters.AddWithValue(publication);
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        while (await reader.ReadAsync(http.RequestAborted))
        {
            // The last segment of a key is unique within its generation: "0.png", "0-640.webp".
            var original = reader.GetString(0);
            var keys = reader.GetFieldValue<int[]>(1).Select(width => Thumbnails.Key(original, width)).Prepend(original);
            if (keys.FirstOrDefault(key => Path.GetFileName(key) == name) is { } found) return await Send(http, storage, found, "public, max-age=86400", download == true);
        }
        return Results.NotFound();
    }

    private static async Task<IResult> Send(HttpContext http, IStorage storage, string key, string caching, bool download)
    {
        if (await storage.Open(key, http.RequestAborted) is not { } content) return Results.NotFound();
        var headers = http.Response.Headers;
        headers.CacheControl = caching;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.AccessControlAllowOrigin = "*";
        var name = key[(key.LastIndexOf('/') + 1)..];
        headers.ContentDisposition = new ContentDispositionHeaderValue(download ? "attachment" : "inline") { FileName = name }.ToString();
        var type = Types.TryGetContentType(name, out var known) ? known : "application/octet-stream";
        return Results.Stream(content, type, enableRangeProcessing: true);
    }
}
