using System.Text.Json;

namespace Rpd.Server.Providers.Vendors;

/// <summary>What one call to a vendor is made from: the customer's request in our words, and the vendor's name for the model.</summary>
/// <param name="Id">Ours for this submission: the vendor gets it where it can tell by it that it has the job already. Each further try has another.</param>
/// <param name="UpstreamModel">As the vendor calls it.</param>
/// <param name="Path">Where the vendor takes this type for this model, from the catalogue's routes: <c>/text-to-video/kling-3.0</c>.</param>
/// <param name="Count">Outputs of this one submission.</param>
/// <param name="Callback">Where the vendor may tell that something has happened; null when nobody out there can reach us.</param>
public sealed record VendorJob(Guid Id, ProviderRequest Request, string UpstreamModel, string Path, int Count, Uri? Callback)
{
    public string Type => Request.Type;

    public string Prompt => Request.Prompt;

    /// <summary>Whose account there runs it, and where.</summary>
    public required VendorAccess Access { get; init; }

    /// <summary>What the catalogue declares for the model: fixed modes and engines stand there.</summary>
    public IReadOnlyDictionary<string, JsonElement> Facts { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The prompt for a vendor that has no field for a style, or for what must not be seen: both are said in words.</summary>
    public string Words(bool style = true, bool negative = true)
    {
        var words = Prompt;
        if (style && Text("style") is { } look) words = words.Length > 0 ? $"{words.TrimEnd('.', ' ')}. Style: {look}." : $"Style: {look}.";
        if (negative && Request.NegativePrompt is { Length: > 0 } unwanted) words = $"{words.TrimEnd('.', ' ')}. Avoid: {unwanted}.";
        return words;
    }

    public string? Text(string name) => Request.Text(name);

    public double? Number(string name) => Request.Number(name);

    public long? Whole(string name) => Request.Whole(name);

    public bool? Flag(string name) => Request.Flag(name);

    /// <summary>What the catalogue says about the model under a name, where that is text.</summary>
    public string? Fact(string name) => Facts.TryGetValue(name, out var value) ? value.Text() : null;

    public MediaInput? Image { get; init; }

    public MediaInput? Video { get; init; }

    public MediaInput? Audio { get; init; }

    /// <summary>Further media by the name of their param: <c>lastFrame</c>, <c>mask</c>, <c>styleImage</c>.</summary>
    public IReadOnlyDictionary<string, MediaInput> More { get; init; } = new Dictionary<string, MediaInput>();

    /// <summary>What the vendor called the run that this one goes on from, and its first output; null when it was not this vendor's.</summary>
    public (string Run, string? Output)? Parent { get; init; }
}

/// <summary>A file of this machine that a vendor is to get.</summary>
/// <param name="Link">Where the vendor can fetch it for some hours; null when nobody out there can reach us.</param>
/// <param name="Seconds">Of a video or sound.</param>
public sealed record MediaInput(string Path, string ContentType, Uri? Link = null, double? Seconds = null)
{
    public string FileName => System.IO.Path.GetFileName(Path);

    public string Base64() => Convert.ToBase64String(File.ReadAllBytes(Path));

    public string DataUri() => $"data:{ContentType};base64,{Base64()}";

    /// <summary>By address where we have one, in the request itself otherwise.</summary>
    public string Address() => Link?.AbsoluteUri ?? DataUri();
}
