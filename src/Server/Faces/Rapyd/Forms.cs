using Rpd.Shared;

namespace Rpd.Server.Faces.Rapyd;

/// <summary>Forms with files.</summary>
internal static class Forms
{
    public static async Task<Outcome<IFormCollection>> Read(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true) return new Refusal("UNSUPPORTED_MEDIA_TYPE", 415, "Send the picture as multipart/form-data, in the field file.");
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
}
