using Rpd.Server.CustomModels.Examples;
using Rpd.Server.Http;
using Rpd.Server.Recognition;
using Rpd.Shared;

namespace Rpd.Server.CustomModels.Predicting;

/// <summary>What a model is asked about: a text, or a picture that is had when it is needed.</summary>
public sealed record Question(string? Text, Func<CancellationToken, Task<Outcome<byte[]>>>? Picture)
{
    /// <param name="file">The picture that came along; null when none did.</param>
    /// <returns>Of any use only when <paramref name="fields"/> know of nothing wrong.</returns>
    public static Question Read(Fields fields, Stream? file, FetchPicture fetch)
    {
        var text = fields.Text("text", UploadLimits.TextMax, min: 1);
        var address = fields.Address("url");
        if (address is null) return new(text, file is null ? null : async cancel => await Bytes(file, cancel));
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) fields.Wrong("url", "url must be an http or https address.");
        else if (file is not null) fields.Wrong("url", "Send either file or url.");
        return new(text, cancel => fetch.Run(url!, cancel));
    }

    private static async Task<byte[]> Bytes(Stream file, CancellationToken cancel)
    {
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }
}
