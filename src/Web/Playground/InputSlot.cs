using Rpd.Shared.Catalog;

namespace Rpd.Web.Playground;

/// <summary>A place of the form for one file; where a model takes either a picture or a video, one place has a field for each of them.</summary>
/// <param name="Fields">Field by kind: <c>image</c> → <c>inputImageUrl</c>.</param>
/// <param name="Optional">The model can do without.</param>
public sealed record InputSlot(IReadOnlyDictionary<string, string> Fields, string Label, bool Optional)
{
    private static readonly (string Kind, string Field, string Word)[] Known =
        [("image", "inputImageUrl", "picture"), ("video", "inputVideoUrl", "video"), ("audio", "inputAudioUrl", "sound")];

    /// <summary>What the place is called in ids and addresses: its first field.</summary>
    public string Name => Fields.Values.First();

    public bool Takes(string kind) => Fields.ContainsKey(kind);

    /// <summary>For <c>accept</c>.</summary>
    public string Accept => string.Join(',', Fields.Keys.SelectMany(kind => FileTypes.Of(kind)));

    /// <summary>The files that a model takes for a type. Whoever speaks as an avatar may be given a face as well.</summary>
    public static IReadOnlyList<InputSlot> Of(ModelView model, string type)
    {
        var named = model.RequiredInputs.GetValueOrDefault(type, []).Select(name => name.Split('|')).ToList();
        if (type == "avatar") named.Add(["image", "face"]);
        return [.. named.Select(Of).OfType<InputSlot>().DistinctBy(slot => slot.Name)];
    }

    private static InputSlot? Of(string[] ways)
    {
        var files = Known.Where(known => ways.Contains(known.Kind)).ToList();
        if (files.Count == 0) return null;
        var label = Rpd.Web.Ui.Words.Sentence(ways.Contains("face") ? "face" : string.Join(" or ", files.Select(known => known.Word)));
        return new(files.ToDictionary(known => known.Kind, known => known.Field), label, Optional: files.Count < ways.Length);
    }

    /// <summary>A message in the words of the form instead of the API's field names.</summary>
    public string Said(string message) => Fields.Aggregate(message, (text, field) => text.Replace(field.Value, WordOf(field.Key), StringComparison.Ordinal));

    public static string KindOf(string field) => Known.First(known => known.Field == field).Kind;

    /// <summary>"picture", "video" or "sound".</summary>
    public static string WordOf(string kind) => Known.First(known => known.Kind == kind).Word;
}

/// <summary>What files may be, as browsers call them.</summary>
public static class FileTypes
{
    public static IReadOnlyList<string> Of(string kind) => kind switch
    {
        "image" => ["image/png", "image/jpeg", "image/webp", "image/gif"],
        "video" => ["video/mp4", "video/webm", "video/quicktime"],
        _ => ["audio/mpeg", "audio/wav", "audio/ogg", "audio/mp4", "audio/x-m4a", "audio/flac", "audio/aac", "audio/webm"],
    };

    public static string Words(IEnumerable<string> kinds) => string.Join(", ", kinds.Select(kind => kind switch
    {
        "image" => "PNG, JPEG, WebP or GIF",
        "video" => "MP4, WebM or MOV",
        _ => "MP3, WAV, OGG, M4A, FLAC or AAC",
    }));
}
