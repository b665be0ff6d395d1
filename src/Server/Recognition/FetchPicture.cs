using Rpd.Server.Outbound;
using Rpd.Shared;

namespace Rpd.Server.Recognition;

/// <summary>Fetches a picture that is named by its address. Once: whoever asks is waiting.</summary>
public sealed class FetchPicture(OutboundHttp outbound, RecognitionOptions options)
{
    public async Task<Outcome<byte[]>> Run(Uri address, CancellationToken cancel)
    {
        var file = new MemoryStream();
        var fetched = await outbound.Download(address, file, options.BytesMax, TimeSpan.FromSeconds(options.FetchSeconds), cancel);
        return fetched.Failed ? Refusal.Invalid("file", $"The picture could not be fetched. {fetched.Failure.Message}") : file.ToArray();
    }
}
