using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Rpd.Server.Http;
using Rpd.Shared;

namespace Rpd.Server.Faces.Rapyd;

/// <summary>
/// A body as this face's clients send it: JSON under whatever text or JSON type (its own samples say <c>text/plain</c>, or two types at once), or a form. What begins
/// with a brace is JSON: <c>curl --data</c> calls everything a form.
/// </summary>
internal static class LooseBody
{
    public static async Task<Outcome<Fields>> Read(HttpContext http)
    {
        var type = http.Request.Headers.ContentType.ToString();
        if (Says(type, "multipart/form-data")) return await Multipart(http);
        var form = Says(type, "application/x-www-form-urlencoded");
        if (type.Length > 0 && !form && !Says(type, "json") && !Says(type, "text/plain"))
            return new Refusal("UNSUPPORTED_MEDIA_TYPE", 415, "Send the body as application/json or as a form.");
        var bytes = await JsonBody.ReadBytes(http);
        if (bytes.Declined) return bytes.Refusal;
        if (form && bytes.Value.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..]) return Form(bytes.Value.Span);
        var json = JsonBody.Parse(bytes.Value);
        return json.Declined ? json.Refusal : json.Value.Fields;
    }

    private static async Task<Outcome<Fields>> Multipart(HttpContext http)
    {
        var form = await MultipartForm.Read(http);
        return form.Declined ? form.Refusal : Fields.Of(form.Value);
    }

    private static Outcome<Fields> Form(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes)) return Refusal.Invalid("", "The body is not valid UTF-8.");
        return Fields.Of(new FormCollection(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(bytes))));
    }

    private static bool Says(string type, string what) => type.Contains(what, StringComparison.OrdinalIgnoreCase);
}
