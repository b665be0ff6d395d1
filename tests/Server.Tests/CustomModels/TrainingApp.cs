using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Storage;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.CustomModels;

/// <summary>A server with small limits, whose data folder a second one may share.</summary>
public sealed class TrainingApp(TestPostgres postgres) : SharedApp(postgres)
{
    private readonly TestFolder folder = new();

    protected override Task<App> Start(TestPostgres on) => App.Start(on, ("DATA_DIR", folder.Path), ("Jobs:PollMilliseconds", "100"),
        ("CustomModels:UploadBytesMax", "3000000"), ("Plans:creator:CustomModels", "1"),
        // Who waits for a training asks often.
        ("Plans:pro:GeneralPerMinute", "1000000"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>Somebody who trains.</summary>
internal sealed record Trainer(App App, Caller Caller)
{
    public const string Models = "/v1/custom-models";

    public static async Task<Trainer> Of(App app, string plan = "pro", long credits = 10) => new(app, await app.Caller(credits, plan));

    /// <summary>Mails of praise and complaint, as many of each, no two alike.</summary>
    public static byte[] Mails(int each)
    {
        string[][] words = [["lovely", "wonderful", "thank you", "delighted", "great"], ["broken", "angry", "money back", "late", "unacceptable"]];
        var csv = new StringBuilder("text,label\n");
        for (var i = 0; i < each * 2; i++) csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"the lamp is {words[i % 2][i / 2 % 5]} and {words[i % 2][(i / 2 + 1) % 5]} number {i},{(i % 2 == 0 ? "praise" : "complaint")}\n");
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>Squares of one colour with some stripes.</summary>
    public static byte[] Picture(bool red, int i) => PngFile.Of(24 + i, (x, y) => ((x + i) / 4 % 2 == 0, red) switch { (true, true) => (200, 20, 20), (true, false) => (20, 20, 200), _ => (90, 90, 90) });

    public static byte[] Pictures(int each, params (string Name, byte[] Bytes)[] more)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in Enumerable.Range(0, each * 2).Select(i => ($"{(i % 2 == 0 ? "red" : "blue")}/{i}.png", Picture(i % 2 == 0, i))).Concat(more))
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        return file.ToArray();
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> Upload(string path, byte[]? file, string? idempotencyKey = null, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent(Guid.NewGuid().ToString());
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        if (file is not null) form.Add(new ByteArrayContent(file), "file", "examples");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var answer = await Caller.Http.SendAsync(request);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> TryCreate(byte[]? file, string kind = "text", int seed = 7) => Upload(Models, file, null, ("name", "Mail"), ("kind", kind), ("seed", $"{seed}"));

    public async Task<Guid> Create(byte[] file, string kind = "text", int seed = 7)
    {
        var (status, body) = await TryCreate(file, kind, seed);
        Assert.True(status == HttpStatusCode.Accepted, body.GetRawText());
        return body.GetProperty("data").GetProperty("id").GetGuid();
    }

    public async Task<JsonElement> Get(Guid model) => (await Caller.Get($"{Models}/{model}")).Body.GetProperty("data");

    public Task<JsonElement> Ended(Guid model) => Comes(model, "ready", "failed");

    public async Task<JsonElement> Comes(Guid model, params string[] states)
    {
        for (var looks = 0; looks < 2000; looks++)
        {
            var data = await Get(model);
            if (states.Contains(data.GetProperty("status").GetString())) return data;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"The model {model} does not become {string.Join(" or ", states)}.");
    }

    public async Task<Guid> Deployed(byte[] file, string kind = "text")
    {
        var model = await Create(file, kind);
        Assert.Equal("ready", (await Ended(model)).GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, (await Caller.Post($"{Models}/{model}/deploy", new { })).Status);
        return model;
    }

    public async Task<byte[]?> Stored(Guid model, string name)
    {
        await using var file = await App.Services.GetRequiredService<IStorage>().Open($"uploads/{Caller.Account:N}/{model:N}/{name}", TestContext.Current.CancellationToken);
        if (file is null) return null;
        var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }

    /// <summary>Erasing is a job.</summary>
    public async Task Erased(Guid model, string name)
    {
        for (var looks = 0; await Stored(model, name) is not null; looks++)
        {
            Assert.True(looks < 500, $"{name} is still there.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
