using Rpd.Shared;

namespace Rpd.Server.Recognition;

/// <summary>The colours that a picture is made of. Needs no detector.</summary>
public sealed class FindColours(ReadPicture read, FaceWorkers workers)
{
    // Enough to tell shares to a tenth of a percent.
    private const int Side = 160;

    /// <param name="file">As it was sent: PNG, JPEG, WebP or GIF.</param>
    public async Task<Outcome<FoundColour[]>> Run(ReadOnlyMemory<byte> file, CancellationToken cancel)
    {
        var place = await workers.Enter(cancel);
        if (place.Declined) return place.Refusal;
        using (place.Value)
        {
            var picture = await read.Run(file, Side, cancel);
            return picture.Declined ? picture.Refusal : DominantColours.Of(picture.Value.Rgb);
        }
    }
}
