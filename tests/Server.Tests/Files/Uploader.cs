using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Files;

/// <summary>Somebody who uploads.</summary>
internal sealed record Uploader(App App, Caller Caller)
{
    public static async Task<Uploader> Of(App app, string plan = "business") => new(app, await app.Caller(plan: plan));

    /// <summary>Asks for an address. The seed's own example, unless told otherwise.</summary>
    public async Task<JsonElement> Ask(string contentType = "image/png", long? sizeBytes = null)
    {
        var (status, body) = await TryAsk(contentType, sizeBytes);
        Assert.True(status == HttpStatusCode.Created, body.GetRawText());
        return body.GetProperty("data");
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> TryAsk(string contentType = "image/png", long? sizeBytes = null) =>
        Caller.Post("/v1/files/upload-url", sizeBytes is null ? new { filename = "input.png", contentType } : new { filename = "input.png", contentType, sizeBytes });

    /// <summary>As a stranger without a key would: the address is enough.</summary>
    public async Task<(HttpStatusCode Status, string Body)> Put(JsonElement upload, byte[] bytes, string? contentType = null, bool chunked = false)
    {
        using var http = App.CreateClient();
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType ?? upload.GetProperty("headers").GetProperty("Content-Type").GetString()!);
        using var request = new HttpRequestMessage(HttpMethod.Put, Path(upload)) { Content = content };
        if (chunked) request.Headers.TransferEncodingChunked = true;
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static Uri Path(JsonElement upload) => new(new Uri(upload.GetProperty("uploadUrl").GetString()!).PathAndQuery, UriKind.Relative);

    public Task<(HttpStatusCode Status, JsonElement Body)> Confirm(JsonElement upload) => Caller.Post("/v1/files/confirm", new { fileId = upload.GetProperty("fileId").GetString() });

    /// <summary>All three steps.</summary>
    public async Task<JsonElement> Upload(byte[] bytes, string contentType = "image/png")
    {
        var upload = await Ask(contentType, bytes.Length);
        var (put, text) = await Put(upload, bytes);
        Assert.True(put == HttpStatusCode.OK, text);
        var (confirmed, body) = await Confirm(upload);
        Assert.True(confirmed == HttpStatusCode.OK, body.GetRawText());
        return body.GetProperty("data");
    }

    /// <summary>A confirmed file with the id that the documentation's examples speak of.</summary>
    public static async Task<string> FileOfTheExamples(App app, Caller caller)
    {
        var file = await new Uploader(app, caller).Upload(Dot);
        await app.Execute("update files set id = $2 where id = $1", file.GetProperty("fileId").GetGuid(), Guid.Parse(Rpd.Server.OpenApi.Examples.Id));
        return Rpd.Server.OpenApi.Examples.Id;
    }

    public async Task<(long Bytes, int Pending)> Usage() => (
        await App.Scalar<long>("select coalesce(sum(bytes), 0)::bigint from storage_usage where account_id = $1", Caller.Account),
        (int)await App.Scalar<long>("select coalesce(sum(pending), 0)::bigint from storage_usage where account_id = $1", Caller.Account));

    /// <summary>Files of uploads that lie in the storage, drafts included.</summary>
    public string[] Stored()
    {
        var root = System.IO.Path.Combine(App.DataFolder, "storage");
        return !Directory.Exists(root) ? [] : [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(root, file)).Where(file => file.StartsWith("uploads", StringComparison.Ordinal) || file.StartsWith(".drafts", StringComparison.Ordinal))];
    }

    public async Task Until(Func<bool> done, string what)
    {
        for (var waited = 0; !done(); waited++)
        {
            if (waited > 200) throw new TimeoutException($"Waited in vain for {what}: {string.Join(", ", Stored())}");
            await Task.Delay(50);
        }
    }

    /// <summary>A picture of one pixel.</summary>
    public static readonly byte[] Dot = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==");
}
