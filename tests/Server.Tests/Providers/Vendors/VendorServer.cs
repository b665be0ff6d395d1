using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>A request as a vendor gets it.</summary>
/// <param name="Parts">Of a form: text by name, or the length of a file's bytes.</param>
internal sealed record VendorRequest(string Method, string Path, IQueryCollection Query, IHeaderDictionary Headers, byte[] Body, JsonElement Json, IReadOnlyDictionary<string, VendorFormPart> Parts)
{
    public override string ToString() => $"{Method} {Path}";

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}

internal sealed record VendorFormPart(string? Text, string? FileName, string? ContentType, byte[] Bytes);

/// <summary>What a vendor answers.</summary>
internal sealed record VendorSays(int Status, JsonNode? Json = null, string? File = null, string? ContentType = null)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    public static VendorSays Ok(JsonNode json) => new(200, json);

    /// <summary>A file of the vendor's disk.</summary>
    public static VendorSays Media(string path, string contentType) => new(200, File: path, ContentType: contentType);
}

/// <summary>
/// A vendor's interface as its documentation describes it, on this machine. It looks closely at what it gets: whatever the documentation does not allow is
/// refused as the vendor would, and noted in <see cref="Faults"/>. It can be told to behave badly.
/// </summary>
internal abstract class VendorServer : IAsyncDisposable
{
    private const int UsualLooks = 2;

    private readonly MediaFiles media = new();
    private readonly ConcurrentDictionary<string, Task<string>> made = new();
    private readonly ConcurrentQueue<Trick> tricks = new();
    private LocalServer? server;

    public abstract string Name { get; }

    /// <summary>The operator's settings below <c>Providers:{name}</c>, beside <c>BaseUrl</c>.</summary>
    public abstract IReadOnlyDictionary<string, string> Credentials { get; }

    public string Address => server!.Address("").ToString().TrimEnd('/');

    /// <summary>What did not keep to the documentation.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public ConcurrentQueue<VendorRequest> Requests { get; } = new();

    /// <summary>Jobs that were started and would be on the bill.</summary>
    public abstract int Jobs { get; }

    /// <summary>How often a job is asked about before it is done.</summary>
    public int Looks { get; set; } = UsualLooks;

    public virtual (string, string)[] Settings =>
        [.. Credentials.Select(one => ($"Providers:{Name}:{one.Key}", one.Value)), ($"Providers:{Name}:BaseUrl", Address), ("Outbound:AllowedHosts", "127.0.0.1")];

    public virtual async Task Start() => server = await LocalServer.Start(Take);

    /// <summary>The next request that fits is answered this way instead; or as always, after that has been done, when it says false.</summary>
    public void Once(Func<VendorRequest, bool> fits, Func<HttpContext, Task<bool>> instead) => tricks.Enqueue(new(fits, instead, Before: true));

    public void Once(Func<VendorRequest, bool> fits, int status, string? retryAfter = null) => Once(fits, http =>
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        return Task.FromResult(true);
    });

    /// <summary>The next request that fits is done, and its answer is lost or spoilt on its way.</summary>
    public void OnceDone(Func<VendorRequest, bool> fits, Func<HttpContext, Task> instead) => tricks.Enqueue(new(fits, async http =>
    {
        await instead(http);
        return true;
    }, Before: false));

    /// <summary>What has happened so far, and what was to happen, counts no more.</summary>
    public void Anew()
    {
        Faults.Clear();
        Requests.Clear();
        tricks.Clear();
        Looks = UsualLooks;
    }

    public abstract bool Starts(VendorRequest request);

    public abstract bool Asks(VendorRequest request);

    /// <summary>What was made is fetched, from a place that needs no key unless the vendor says otherwise.</summary>
    public virtual bool Downloads(VendorRequest request) => IsMedia(request);

    protected abstract Task<VendorSays> Answer(VendorRequest request);

    /// <summary>As the vendor refuses what it does not understand.</summary>
    protected abstract VendorSays Refusal(string what);

    protected VendorSays Wrong(string what)
    {
        Faults.Enqueue(what);
        return Refusal(what);
    }

    /// <summary>An address of a real file of that kind.</summary>
    protected string Link(string name) => $"{Address}/media/{name}";

    protected Task<string> Picture(string name = "picture.png") => Made(name, one => media.Picture(one, 320, 320));

    protected Task<string> Film() => Made("film.mp4", name => media.Film(name));

    protected Task<string> Sound(string name = "sound.mp3") => Made(name, media.Sound);

    // Two that want the same file at once must not both write it.
    private Task<string> Made(string name, Func<string, Task<string>> make)
    {
        lock (made) return made.GetOrAdd(name, make);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        media.Dispose();
    }

    private async Task Take(HttpContext http)
    {
        var request = await Read(http);
        Requests.Enqueue(request);
        var trick = tricks.FirstOrDefault(one => one.Fits(request) && one.Use());
        if (trick is { Before: true } && await trick.Instead(http)) return;
        var says = IsMedia(request) ? await Download(request) : await Answer(request);
        if (trick is { Before: false }) await trick.Instead(http);
        else await Send(http, says);
    }

    private static bool IsMedia(VendorRequest request) => request.Path == "/view" || request.Path.StartsWith("/media/", StringComparison.Ordinal);

    private async Task<VendorSays> Download(VendorRequest request)
    {
        // ComfyUI names the file in the query.
        var name = request.Path == "/view" ? request.Query["filename"].ToString() : request.Path;
        var (path, type) = name[(name.LastIndexOf('.') + 1)..] switch
        {
            "png" => (await Picture(), "image/png"),
            "mp4" => (await Film(), "video/mp4"),
            _ => (await Sound(), "audio/mpeg"),
        };
        return VendorSays.Media(path, type);
    }

    private static async Task Send(HttpContext http, VendorSays says)
    {
        http.Response.StatusCode = says.Status;
        foreach (var (name, value) in says.Headers) http.Response.Headers[name] = value;
        if (says.File is { } file)
        {
            http.Response.ContentType = says.ContentType;
            await http.Response.SendFileAsync(file);
            return;
        }
        if (says.Json is null) return;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(says.Json.ToJsonString());
    }

    private static async Task<VendorRequest> Read(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        var parts = new Dictionary<string, VendorFormPart>();
        if (http.Request.HasFormContentType)
        {
            http.Request.Body = new MemoryStream(bytes);
            var form = await http.Request.ReadFormAsync();
            foreach (var (name, value) in form) parts[name] = new(value.ToString(), null, null, []);
            foreach (var file in form.Files)
            {
                using var content = new MemoryStream();
                await file.CopyToAsync(content);
                parts[file.Name] = new(null, file.FileName, file.ContentType, content.ToArray());
            }
        }
        var json = http.Request.HasJsonContentType() && bytes.Length > 0 ? JsonDocument.Parse(bytes).RootElement : default;
        // Its own copy: the server uses these again for the next request.
        var headers = new HeaderDictionary(http.Request.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase));
        return new(http.Request.Method, http.Request.Path, http.Request.Query, headers, bytes, json, parts);
    }

    private sealed record Trick(Func<VendorRequest, bool> Fits, Func<HttpContext, Task<bool>> Instead, bool Before)
    {
        private int used;

        public bool Use() => Interlocked.Exchange(ref used, 1) == 0;
    }
}

/// <summary>Checks of a JSON body against what a vendor documents: unknown members are wrong, and so is a value of another kind.</summary>
internal sealed class BodyCheck(JsonElement body, string where = "")
{
    private readonly List<string> wrong = [];
    private readonly HashSet<string> known = [];

    public IReadOnlyList<string> Wrong => body.ValueKind != JsonValueKind.Object ? [$"{where} is no object"]
        : [.. wrong, .. body.EnumerateObject().Where(member => !known.Contains(member.Name)).Select(member => $"{where}{member.Name} is unknown")];

    public BodyCheck Text(string name, bool required = false, int most = int.MaxValue, params string[] oneOf) => Member(name, required, value =>
        value.ValueKind != JsonValueKind.String ? "is no text"
        : value.GetString()!.Length is 0 ? "is empty" : value.GetString()!.Length > most ? $"is longer than {most}"
        : oneOf.Length > 0 && !oneOf.Contains(value.GetString()) ? $"is {value.GetString()}" : null);

    /// <summary>Text that keeps to a rule of its own.</summary>
    /// <param name="fault">What is wrong with it.</param>
    public BodyCheck Is(string name, Func<string, string?> fault, bool required = false) => Member(name, required, value => value.ValueKind != JsonValueKind.String ? "is no text" : fault(value.GetString()!));

    public BodyCheck Whole(string name, bool required = false, long least = long.MinValue, long most = long.MaxValue) => Member(name, required, value =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number) ? "is no whole number" : number < least || number > most ? $"is {number}" : null);

    public BodyCheck Number(string name, bool required = false, double least = double.MinValue, double most = double.MaxValue) => Member(name, required, value =>
        value.ValueKind != JsonValueKind.Number ? "is no number" : value.GetDouble() < least || value.GetDouble() > most ? $"is {value.GetDouble()}" : null);

    public BodyCheck Flag(string name, bool required = false) => Member(name, required, value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "is neither true nor false");

    public BodyCheck Object(string name, Action<BodyCheck> inside, bool required = false) => Member(name, required, value =>
    {
        var check = new BodyCheck(value, $"{where}{name}.");
        inside(check);
        wrong.AddRange(check.Wrong);
        return null;
    });

    public BodyCheck Items(string name, Action<BodyCheck> each, bool required = false, int least = 0) => Member(name, required, value =>
    {
        if (value.ValueKind != JsonValueKind.Array) return "is no list";
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var check = new BodyCheck(item, $"{where}{name}[{index}].");
            each(check);
            wrong.AddRange(check.Wrong);
        }
        return value.GetArrayLength() < least ? "has too few" : null;
    });

    /// <summary>A list of texts.</summary>
    public BodyCheck Texts(string name, bool required = false, int least = 1, int most = int.MaxValue) => Member(name, required, value =>
        value.ValueKind != JsonValueKind.Array ? "is no list"
        : value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String || item.GetString()!.Length == 0) ? "has what is no text"
        : value.GetArrayLength() < least || value.GetArrayLength() > most ? $"has {value.GetArrayLength()}" : null);

    /// <summary>A web address, or the file itself as base64 without a prefix.</summary>
    public BodyCheck Media(string name, bool required = false) => Member(name, required, value =>
        value.ValueKind != JsonValueKind.String ? "is no text"
        : Uri.TryCreate(value.GetString(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? null
        : IsBase64(value.GetString()!) ? null : "is neither an address nor base64");

    /// <summary>The file itself, which must be there.</summary>
    public BodyCheck Base64(string name) => Member(name, required: true, value => value.ValueKind == JsonValueKind.String && IsBase64(value.GetString()!) ? null : "is no base64");

    /// <summary>A list of some of these words.</summary>
    public BodyCheck Texts(string name, params string[] of) => Member(name, required: false, value =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && of.Contains(item.GetString())) ? null : "is no list of these words");

    public bool Has(string name) => body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out _);

    /// <summary>A web address and nothing else.</summary>
    public BodyCheck Link(string name, bool required = false) => Member(name, required, value =>
        value.ValueKind == JsonValueKind.String && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? null : "is no address");

    public string? Value(string name) => body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsBase64(string text) => text.Length > 0 && Convert.TryFromBase64String(text, new byte[text.Length], out _);

    private BodyCheck Member(string name, bool required, Func<JsonElement, string?> fault)
    {
        known.Add(name);
        if (body.ValueKind != JsonValueKind.Object) return this;
        if (!body.TryGetProperty(name, out var value))
        {
            if (required) wrong.Add($"{where}{name} is missing");
        }
        else if (fault(value) is { } what) wrong.Add($"{where}{name} {what}");
        return this;
    }
}
