using System.Globalization;
using System.Security.Cryptography;
using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>A form that a program sends, with files.</summary>
public static class MultipartForm
{
    public const string ContentType = "multipart/form-data";

    public static bool Is(HttpRequest request) => request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Files lie on disk as long as the request lives. A form that was read already is not read again.</summary>
    public static async Task<Outcome<IFormCollection>> Read(HttpContext http)
    {
        if (!Is(http.Request)) return new Refusal("UNSUPPORTED_MEDIA_TYPE", 415, "Send the file as multipart/form-data, in the field file, or the body as application/json.");
        try
        {
            return new(await http.Request.ReadFormAsync(http.RequestAborted), null);
        }
        // What the framework says about a form that breaks off or has too many parts is for programmers of servers.
        catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            return Refusal.Invalid("", "The form is not complete, or is no form.");
        }
    }

    /// <summary>What tells one form from another: its fields and files. The marks between them are made anew each time that a client sends the same.</summary>
    public static async Task<byte[]> Digest(IFormCollection form, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
            foreach (var value in values) Add(name, value ?? "");
        foreach (var file in form.Files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            Add(file.Name, file.FileName);
            await using var content = file.OpenReadStream();
            hash.AppendData(await SHA256.HashDataAsync(content, cancel));
        }
        return hash.GetHashAndReset();

        // With its length before it, so that no two forms run into the same bytes.
        void Add(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                var bytes = System.Text.Encoding.UTF8.GetBytes(word);
                hash.AppendData(System.Text.Encoding.ASCII.GetBytes(bytes.Length.ToString(CultureInfo.InvariantCulture) + ":"));
                hash.AppendData(bytes);
            }
        }
    }
}
