using Rpd.Server.Recognition;
using Rpd.Shared;

namespace Rpd.Server.Faces.Raypack;

/// <summary>The picture of a form: a file, or the address of one.</summary>
/// <param name="Name">As it was sent: the file's name, or its address.</param>
internal sealed record SentPicture(ReadOnlyMemory<byte> File, string Name);

/// <summary>Reads it, from whichever of its fields that service's clients use.</summary>
internal sealed class FormPicture(FetchPicture fetch)
{
    private static readonly string[] Names = ["file", "imagef", "url"];

    public async Task<Outcome<SentPicture>> Read(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasFormContentType) return Missing;
        var form = request.Form;
        if (Names.Select(form.Files.GetFile).FirstOrDefault(file => file is not null) is { } file)
        {
            var bytes = new byte[file.Length];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(bytes, cancel);
            return new SentPicture(bytes, file.FileName);
        }
        if (Names.Select(name => form[name].ToString().Trim()).FirstOrDefault(text => text.Length > 0) is not { } address) return Missing;
        if (address.Length > 2048 || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return Refusal.Invalid("file", "The picture's address must begin with http:// or https://.");
        var fetched = await fetch.Run(uri, cancel);
        return fetched.Declined ? fetched.Refusal : new SentPicture(fetched.Value, address);
    }

    private static Refusal Missing => Refusal.Invalid("file", "Send a picture as file, or its address as url or imagef.");
}
