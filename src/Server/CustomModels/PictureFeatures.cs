using Rpd.Server.CustomModels.Learning;
using Rpd.Server.Media;
using Rpd.Server.Recognition;
using Rpd.Shared;

namespace Rpd.Server.CustomModels;

/// <summary>A stranger's picture as a classifier sees it: the whole of it, brought to one square.</summary>
public sealed class PictureFeatures(DecodePicture decode)
{
    public async Task<Outcome<FeatureVector>> Run(ReadOnlyMemory<byte> file, CancellationToken cancel)
    {
        var decoded = await decode.Square(file, ImageFeatures.Side, cancel);
        return decoded.Declined ? decoded.Refusal : ImageFeatures.Of(Pixmap.Read(decoded.Value.Bytes).Rgb);
    }
}
