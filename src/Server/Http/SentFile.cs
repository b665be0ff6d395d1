using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>A file with the words beside it, as the file of a form or, in JSON, as a data URI.</summary>
/// <param name="Fields">Know what is wrong with the file.</param>
/// <param name="Content">Null when something is, or when there is none and there need not be. It can be read anew from its beginning.</param>
public sealed record SentFile(Fields Fields, Stream? Content)
{
    private const string Field = "file", Base64 = ";base64,";

    public static async Task<Outcome<SentFile>> Read(HttpContext http, bool required = true)
    {
        if (http.Request.HasJsonContentType()) return await OfJson(http, required);
        var form = await MultipartForm.Read(http);
        if (form.Declined) return form.Refusal;
        var fields = Fields.Of(form.Value);
        if (form.Value.Files.GetFile(Field) is { } file) return new SentFile(fields, file.OpenReadStream());
        if (form.Value.ContainsKey(Field)) fields.Wrong(Field, "file must be a file and not a text: with curl, write --form 'file=@name'.");
        else if (required) fields.Wrong(Field, "file is required.");
        return new SentFile(fields, null);
    }

    private static async Task<Outcome<SentFile>> OfJson(HttpContext http, bool required)
    {
        var body = await JsonBody.Read(http, JsonBody.BatchBytesMax);
        if (body.Declined) return body.Refusal;
        var fields = body.Value.Fields;
        if (fields.Text(Field, JsonBody.BatchBytesMax, required: required) is not { } uri) return new SentFile(fields, null);
        var at = uri.IndexOf(Base64, StringComparison.Ordinal);
        var bytes = new byte[uri.Length / 4 * 3 + 3];
        if (uri.StartsWith("data:", StringComparison.Ordinal) && at > 0 && Convert.TryFromBase64Chars(uri.AsSpan(at + Base64.Length), bytes, out var length)) return new SentFile(fields, new MemoryStream(bytes, 0, length));
        fields.Wrong(Field, "file must be a data URI: data:image/png;base64,…");
        return new SentFile(fields, null);
    }
}
