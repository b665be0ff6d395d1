using Rpd.Shared;

namespace Rpd.Server.Recognition.Tags;

/// <summary>
/// Names what a picture shows, by the provider that the operator has chosen. It gets a smaller copy without metadata: where and when a picture was taken is
/// nobody's business.
/// </summary>
public sealed class TagPicture
{
    private const int Side = 1024;

    private readonly DecodePicture decode;
    private readonly FaceWorkers workers;
    private readonly GeneralTags general;
    private readonly FoodTags food;
    private readonly IReadOnlyDictionary<string, ITagger> taggers;

    internal TagPicture(DecodePicture decode, FaceWorkers workers, GeneralTags general, FoodTags food, IEnumerable<ITagger> taggers) =>
        (this.decode, this.workers, this.general, this.food, this.taggers) = (decode, workers, general, food, taggers.ToDictionary(tagger => tagger.Provider));

    /// <summary>Who would be asked; empty for nobody.</summary>
    public string ProviderOf(bool aboutFood) => Access(aboutFood).Provider;

    /// <param name="language"><c>de</c> or <c>en</c>.</param>
    public async Task<Outcome<FoundTag[]>> Run(ReadOnlyMemory<byte> file, bool aboutFood, string language, CancellationToken cancel)
    {
        var access = Access(aboutFood);
        if (access.Provider.Length == 0) return new Refusal("PROVIDER_UNAVAILABLE", 503, $"Nobody is configured who names {(aboutFood ? "food" : "things")}. The setting Recognition:{(aboutFood ? "Food" : "General")}:Provider says who.");
        var jpeg = await Copy(file, cancel);
        return jpeg.Declined ? jpeg.Refusal : await taggers[access.Provider].Ask(access, new(jpeg.Value, aboutFood, language), cancel);
    }

    private TagOptions Access(bool aboutFood) => aboutFood ? food : general;

    private async Task<Outcome<byte[]>> Copy(ReadOnlyMemory<byte> file, CancellationToken cancel)
    {
        var place = await workers.Enter(cancel);
        if (place.Declined) return place.Refusal;
        using (place.Value)
        {
            var decoded = await decode.Run(file, Side, DecodePicture.Jpeg, cancel);
            return decoded.Declined ? decoded.Refusal : decoded.Value.Bytes;
        }
    }
}
