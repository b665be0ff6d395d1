using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Catalog;
using Rpd.Server.Jobs;
using Rpd.Server.Tests.Files;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Support;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>The whole server with one vendor beside it, and a customer with files of every kind. Nobody waits for the pauses that a vendor asks for.</summary>
internal sealed class VendorWorld : IAsyncDisposable
{
    private static readonly Lazy<Task<(byte[] Picture, byte[] Film, byte[] Sound)>> Files = new(MakeFiles);
    private readonly CancellationTokenSource over = new();
    private readonly Task hurrying;
    private int jobsBefore;
    private long chargedBefore;

    private VendorWorld(App app, VendorServer vendor, Caller caller) => (App, Vendor, Caller, hurrying) = (app, vendor, caller, Hurry(app, vendor.Name, over.Token));

    public App App { get; }

    public VendorServer Vendor { get; }

    public Caller Caller { get; }

    public ModelCatalog Catalog => App.Services.GetRequiredService<ModelCatalog>();

    /// <summary>The customer's picture, for params that take one.</summary>
    public string Picture { get; private set; } = "";

    /// <summary>A film of four seconds.</summary>
    public string Film { get; private set; } = "";

    private string Audio { get; set; } = "";

    /// <param name="settings">Beside those that connect the vendor, or instead of them.</param>
    public static async Task<VendorWorld> Start(TestPostgres postgres, VendorServer vendor, params (string, string)[] settings)
    {
        await vendor.Start();
        (string Key, string Value)[] usual = [.. vendor.Settings, ("Plans:business:GenerationsPerMinute", "100000"), ("Plans:business:GeneralPerMinute", "100000"),
            ("Plans:business:ConcurrentJobs", "1000"), ("Remote:Reachable", "true")];
        var app = await App.Start(postgres, [.. usual.ExceptBy(settings.Select(own => own.Item1), one => one.Key), .. settings]);
        var world = new VendorWorld(app, vendor, await app.Caller(credits: 1_000_000));
        var files = new Uploader(app, world.Caller);
        var (picture, film, sound) = await Files.Value;
        world.Picture = await Upload(files, picture, "image/png");
        world.Film = await Upload(files, film, "video/mp4");
        world.Audio = await Upload(files, sound, "audio/mpeg");
        return world;
    }

    public IEnumerable<(CatalogEntry Entry, string Type)> Offers => from entry in Catalog.All where entry.Provider == Vendor.Name from type in entry.SupportedTypes select (entry, type);

    /// <returns>The id; a refusal fails the test.</returns>
    public async Task<Guid> Begin(CatalogEntry entry, string type, string prompt = "A lighthouse in a storm", Guid? parent = null)
    {
        var (status, body) = await Caller.Post("/v1/generations", Request(entry, type, prompt, parent));
        Assert.True(status == HttpStatusCode.Created, $"{entry.Id} {type}: {body}");
        return body.GetProperty("data").GetProperty("id").GetGuid();
    }

    /// <summary>Runs a model with these params beside what it must have; it has to be made.</summary>
    public async Task<JsonElement> Ran(string model, string type, Dictionary<string, object?> parameters, string? negativePrompt = null, bool sound = false)
    {
        var request = Request(Catalog.Find(model)!, type, "A lighthouse in a storm");
        var all = (Dictionary<string, object?>)request["params"]!;
        // Either says how long it is to be.
        if (parameters.ContainsKey("lengthMs")) all.Remove("duration");
        foreach (var (name, value) in parameters) all[name] = value;
        if (negativePrompt is not null) request["negativePrompt"] = negativePrompt;
        if (sound) request["inputAudioUrl"] = Audio;
        var (status, body) = await Caller.Post("/v1/generations", request);
        Assert.True(status == HttpStatusCode.Created, $"{model} {type}: {body}");
        var ended = await Ended(body.GetProperty("data").GetProperty("id").GetGuid());
        Assert.True(ended.GetProperty("status").GetString() == "completed", $"{model} {type}: {ended}; {string.Join("; ", Vendor.Faults)}");
        return ended;
    }

    /// <summary>With everything that the model must have, and nothing else.</summary>
    public Dictionary<string, object?> Request(CatalogEntry entry, string type, string prompt, Guid? parent = null)
    {
        var (request, parameters) = (new Dictionary<string, object?> { ["type"] = type, ["provider"] = entry.Provider, ["model"] = entry.Id, ["prompt"] = prompt }, new Dictionary<string, object?>());
        foreach (var input in (entry.RequiredInputs.GetValueOrDefault(type) ?? []).Select(ways => ways.Split('|')[0]))
        {
            switch (InputFields.Of(input))
            {
                case "inputImageUrl": request["inputImageUrl"] = Picture; break;
                case "inputVideoUrl": request["inputVideoUrl"] = Film; break;
                case "inputAudioUrl": request["inputAudioUrl"] = Audio; break;
                case "parentId": request["parentId"] = parent; break;
                case null when ParamSpecs.Pictures.Contains(input): parameters[input] = Picture; break;
                case null: parameters[input] = entry.Rules.GetValueOrDefault(input) switch { { Choices: [var first, ..] } => first, { Min: { } least } => least, _ => $"{input}-1" }; break;
            }
        }
        // What follows the length of its input is sold by that.
        if (entry.BillingUnit == "second" && Prices.UsualSeconds(entry) is null) parameters["duration"] = 4;
        request["params"] = parameters;
        return request;
    }

    public async Task<JsonElement> Run(CatalogEntry entry, string type, string prompt = "A lighthouse in a storm") => await Ended(await Begin(entry, type, prompt));

    /// <summary>Waits until a submission of it is in that state.</summary>
    /// <returns>The submission.</returns>
    public async Task<Guid> Until(Guid generation, string state)
    {
        var found = Guid.Empty;
        await Until(async () => (found = await App.Scalar<Guid>("select coalesce((select id from submissions where generation_id = $1 and state = $2 limit 1), $3)", generation, state, Guid.Empty)) != Guid.Empty,
            $"a submission to be {state}");
        return found;
    }

    /// <summary>Waits until the vendor has got so many requests.</summary>
    public Task UntilAsked(int requests) => Until(() => Task.FromResult(Vendor.Requests.Count >= requests), $"{requests} requests");

    /// <summary>Waits until nobody works on it any more.</summary>
    public Task Over(Guid generation) => Until(async () =>
        !await App.Scalar<bool>("select exists (select 1 from submissions where generation_id = $1 and state in ('sending', 'unknown', 'taken'))", generation), "it to be over");

    private static async Task Until(Func<Task<bool>> done, string what)
    {
        for (var waited = 0; !await done(); waited++)
        {
            if (waited == 600) throw new TimeoutException($"Waited in vain for {what}.");
            await Task.Delay(100);
        }
    }

    /// <summary>Asks until it has ended; one that does not shows how it stands.</summary>
    public async Task<JsonElement> Ended(Guid id)
    {
        try
        {
            return await Caller.Ended(id, seconds: 20);
        }
        catch (TimeoutException)
        {
            var rows = await App.Scalar<string>("select coalesce((select json_agg(s) from submissions s where generation_id = $1)::text, 'no submissions') || coalesce((select json_agg(j) from jobs j)::text, 'no jobs')", id);
            throw new TimeoutException($"{id} has not ended: {rows}. The vendor got {string.Join(", ", Vendor.Requests)} and found wrong {string.Join("; ", Vendor.Faults)}.");
        }
    }

    /// <summary>Jobs that the vendor has taken since the test began.</summary>
    public int Jobs => Vendor.Jobs - jobsBefore;

    /// <summary>A test begins, and others were here before.</summary>
    public async Task Anew()
    {
        Vendor.Anew();
        (jobsBefore, chargedBefore) = (Vendor.Jobs, await Charged());
    }

    /// <summary>All that was reserved is settled, and the ledger adds up.</summary>
    public async Task Settled(long before)
    {
        Assert.Equal(before - (await Charged() - chargedBefore), await Caller.Balance());
        Assert.Equal(0, await App.Scalar<long>("select count(*) from submissions where state in ('sending', 'unknown', 'taken')"));
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await hurrying;
        await App.DisposeAsync();
        await Vendor.DisposeAsync();
        over.Dispose();
    }

    private Task<long> Charged() => App.Scalar<long>("select coalesce(sum(credits_cost - credits_refunded), 0)::bigint from generations where account_id = $1", Caller.Account);

    private static async Task<string> Upload(Uploader files, byte[] file, string contentType) => $"file:{(await files.Upload(file, contentType)).GetProperty("fileId").GetGuid()}";

    private static async Task<(byte[] Picture, byte[] Film, byte[] Sound)> MakeFiles()
    {
        using var media = new MediaFiles();
        return (await Read(media.Picture("a.png", 640, 640)), await Read(media.Film("a.mp4", "testsrc=size=640x360:duration=4")), await Read(media.Sound("a.mp3")));

        static async Task<byte[]> Read(Task<string> path) => await File.ReadAllBytesAsync(await path);
    }

    private static async Task Hurry(App app, string lane, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await app.Execute("update submissions set retry_at = now() where retry_at > now()");
            await app.Execute("update jobs set run_at = now() where lane = $1 and state = 'ready' and run_at > now()", lane);
            app.Services.GetRequiredService<JobBell>().Ring(lane);
            await Task.Delay(25, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
