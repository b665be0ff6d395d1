using System.Text.Json;
using Rpd.Server.Http;
using Rpd.Server.Storage;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>Stored outputs as a reader sees them: with signed addresses for the owner, with the publication's for everybody.</summary>
public static class OutputViews
{
    /// <param name="rows">A JSON array of rows of the table <c>outputs</c>.</param>
    public static IReadOnlyList<OutputView> Signed(JsonElement rows, SignedUrls urls) => All(rows, key => urls.Of(key));

    /// <summary>Addresses relative to this server, so that cached pages do not depend on the name it is reached by.</summary>
    public static IReadOnlyList<OutputView> Published(JsonElement rows, Guid publication) =>
        All(rows, key => PublishedUrl(publication, key));

    /// <summary>For programs: addresses with scheme and host.</summary>
    public static OutputView Whole(OutputView output, PublicAddress address) => output with
    {
        Url = address.Link(output.Url),
        ThumbnailUrl = output.ThumbnailUrl is null ? null : address.Link(output.ThumbnailUrl),
        Thumbnails = Whole(output.Thumbnails, address),
    };

    public static IReadOnlyList<ThumbnailView> Whole(IReadOnlyList<ThumbnailView> thumbnails, PublicAddress address) =>
        [.. thumbnails.Select(small => small with { Url = address.Link(small.Url) })];

    public static GenerationView Whole(GenerationView generation, PublicAddress address) => generation with
    {
        OutputUrls = [.. generation.OutputUrls.Select(address.Link)],
        Outputs = [.. generation.Outputs.Select(output => Whole(output, address))],
    };

    public static string PublishedUrl(Guid publication, string key) => $"/media/{publication}/{key[(key.LastIndexOf('/') + 1)..]}";

    /// <param name="widths">The column <c>thumbnail_widths</c> of the file <paramref name="key"/>, which is so wide and high.</param>
    public static ThumbnailView[] Thumbnails(int[] widths, string key, int? width, int? height, Func<string, string> address) => width is { } w && height is { } h
        ? Array.ConvertAll(widths, small => new ThumbnailView(small, Media.Thumbnails.HeightAt(small, w, h), address(Media.Thumbnails.Key(key, small)))) : [];

    private static List<OutputView> All(JsonElement rows, Func<string, string> address) => [.. rows.EnumerateArray().Select(row => View(row, address))];

    private static OutputView View(JsonElement row, Func<string, string> address)
    {
        var key = row.GetProperty("storage_key").GetString()!;
        int[] widths = [.. row.GetProperty("thumbnail_widths").EnumerateArray().Select(width => width.GetInt32())];
        var thumbnails = Thumbnails(widths, key, Whole("width"), Whole("height"), address);
        return new(address(key), row.GetProperty("content_type").GetString()!, Whole("width"), Whole("height"),
            row.GetProperty("duration_seconds") is { ValueKind: JsonValueKind.Number } seconds ? seconds.GetDouble() : null, row.GetProperty("bytes").GetInt64(),
            thumbnails.FirstOrDefault(small => small.Width >= 640)?.Url ?? thumbnails.LastOrDefault()?.Url, row.GetProperty("blur_hash").GetString(), thumbnails);

        int? Whole(string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;
    }
}
