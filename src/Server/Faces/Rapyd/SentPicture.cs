using Rpd.Server.Http;
using Rpd.Shared;

namespace Rpd.Server.Faces.Rapyd;

/// <summary>A picture with the words beside it, as the file of a form or, in JSON, as a data URI.</summary>
/// <param name="Fields">Know what is wrong with the picture.</param>
/// <param name="Content">Null when something is.</param>
internal sealed record SentPicture(Fields Fields, Stream? Content)
{
    private const string Field = "file", Base64 = ";base64,";

    public static async Task<Outcome<SentPicture>> Read(HttpContext http)
    {
        if (http.Request.HasJsonContentType()) return await OfJson(http);
        var form = await Forms.Read(http);
        if (form.Declined) return form.Refusal;
        var fields = Fields.Of(form.Value);
        if (form.Value.Files.GetFile(Field) is { } file) return new SentPicture(fields, file.OpenReadStream());
        fields.Wrong(Field, form.Value.ContainsKey(Field) ? "file must be a file and not a text: with curl, write --form 'file=@picture.jpg'." : "file is required.");
        return new SentPicture(fields, null);
    }

    private static async Task<Outcome<SentPicture>> OfJson(HttpContext http)
    {
        var body = await JsonBody.Read(http, JsonBody.BatchBytesMax);
        if (body.Declined) return body.Refusal;
        var fields = body.Value.Fields;
        if (fields.Text(Field, JsonBody.BatchBytesMax, required: true) is not { } uri) return new SentPicture(fields, null);
        var at = uri.IndexOf(Base64, StringComparison.Ordinal);
        var bytes = new byte[uri.Length / 4 * 3 + 3];
        if (uri.StartsWith("data:", StringComparison.Ordinal) && at > 0 && Convert.TryFromBase64Chars(uri.AsSpan(at + Base64.Length), bytes, out var length)) return new SentPicture(fields, new MemoryStream(bytes, 0, length));
        fields.Wrong(Field, "file must be a data URI: data:image/png;base64,…");
        return new SentPicture(fields, null);
    }
}
