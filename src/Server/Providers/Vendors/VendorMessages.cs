using System.Text;
using System.Text.Json;

namespace Rpd.Server.Providers.Vendors;

/// <summary>Calls and answers as they travel: JSON, forms and files out; text, JSON and media in, bounded in size and struck of credentials.</summary>
internal static class VendorMessages
{
    private const int TextMax = 400_000_000, ComplaintMax = 64 * 1024;
    private const long MediaMax = 4_000_000_000;

    public static HttpRequestMessage Request(VendorApi vendor, VendorAccess access, VendorCall call)
    {
        var address = call.Address.StartsWith("http", StringComparison.Ordinal) ? call.Address : vendor.BaseUrl(access).TrimEnd('/') + call.Address;
        var request = new HttpRequestMessage(call.Method, address);
        if (call.Json is { } json) request.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
        else if (call.Form is { } form) request.Content = Form(form);
        else if (call.File is { } file) request.Content = new StreamContent(File.OpenRead(file.Path)) { Headers = { ContentType = new(file.ContentType) } };
        foreach (var (name, value) in call.Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static MultipartFormDataContent Form(IReadOnlyList<VendorPart> parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var part in parts)
        {
            // Several vendors take a part only when its name stands in quotes, and a text only when it has no file name.
            var name = $"\"{part.Name}\"";
            if (part.File is not { } file)
            {
                var text = new StringContent(part.Text ?? "");
                text.Headers.ContentType = null;
                form.Add(text, name);
                continue;
            }
            var content = new StreamContent(File.OpenRead(file.Path));
            content.Headers.ContentType = new(file.ContentType);
            form.Add(content, name, $"\"{file.FileName}\"");
        }
        return form;
    }

    public static async Task<VendorAnswer> Read(HttpResponseMessage response, string folder, IReadOnlyList<Secret> secrets, CancellationToken cancel)
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        var media = response.IsSuccessStatusCode && (type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal)
            || type.StartsWith("audio/", StringComparison.Ordinal) || type is "application/octet-stream" or "binary/octet-stream");
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        if (media)
        {
            var path = Path.Combine(folder, $"answer-{Guid.NewGuid():N}");
            await using var file = File.Create(path);
            await Copy(body, file, MediaMax, cancel);
            return new((int)response.StatusCode, Header, "", null, path);
        }
        using var buffer = new MemoryStream();
        await Copy(body, buffer, TextMax, cancel);
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        // What a vendor says may repeat what it was sent. Work that was made is longer than any such complaint.
        if (bytes.Length <= ComplaintMax) bytes = Encoding.UTF8.GetBytes(secrets.Aggregate(Encoding.UTF8.GetString(bytes.Span), (text, secret) => secret.Strike(text)));
        return new((int)response.StatusCode, Header, Encoding.UTF8.GetString(bytes.Span[..Math.Min(bytes.Length, 2000)]), Parse(bytes));

        string? Header(string name) => response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? values.First() : null;
    }

    private static async Task Copy(Stream from, Stream to, long most, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        int read;
        for (var all = 0L; (read = await from.ReadAsync(buffer, cancel)) > 0;)
        {
            if ((all += read) > most) throw new InvalidDataException("The answer is too large.");
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
    }

    public static JsonElement? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            // A copy: the element outlives the buffer.
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
