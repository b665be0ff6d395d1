using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations;

public sealed class GenerationApiTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_prompt_becomes_a_picture_with_thumbnails_and_a_receipt()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 10);

        var (status, created) = await caller.Post("/v1/generations", new
        {
            type = "text2image",
            provider = "studio",
            model = "studio-sketch",
            prompt = "A golden retriever running through a sunflower field",
            @params = new { width = 640, height = 360, seed = 7 },
        });
        var data = created.GetProperty("data");
        var ended = await caller.Ended(data.GetProperty("id").GetGuid());

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("queued", data.GetProperty("status").GetString());
        Assert.Equal(1, data.GetProperty("creditsCost").GetInt64());
        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal(100, ended.GetProperty("progress").GetInt32());
        var output = ended.GetProperty("outputs")[0];
        Assert.Equal((640, 360), (output.GetProperty("width").GetInt32(), output.GetProperty("height").GetInt32()));
        Assert.Equal([320, 640], output.GetProperty("thumbnails").EnumerateArray().Select(small => small.GetProperty("width").GetInt32()));
        Assert.Equal(28, output.GetProperty("blurHash").GetString()!.Length);
        using var picture = await app.CreateClient().GetAsync(new Uri(new Uri(ended.GetProperty("outputUrls")[0].GetString()!).PathAndQuery, UriKind.Relative));
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", picture.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", picture.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(9, ended.GetProperty("receipt").GetProperty("balanceAfter").GetInt64());
    }

    [Fact]
    public async Task A_signed_address_serves_ranges_and_nothing_once_it_is_touched_or_old()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var (_, created) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"));
        var ended = await caller.Ended(created.GetProperty("data").GetProperty("id").GetGuid());
        var address = new Uri(ended.GetProperty("outputUrls")[0].GetString()!).PathAndQuery;
        var http = app.CreateClient();

        using var part = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new(0, 7) } });
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(8, part.Content.Headers.ContentLength);
        foreach (var touched in new[]
        {
            address.Replace("0.png", "1.png", StringComparison.Ordinal), address[..^1] + (address[^1] == 'A' ? 'B' : 'A'),
            address.Replace("e=", "e=9", StringComparison.Ordinal), address.Split('?')[0],
        })
            Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(new Uri(touched, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Publishing_shows_it_to_strangers_and_withdrawing_kills_its_addresses()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var (_, created) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a quiet hill"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(id);
        var stranger = app.CreateClient();
        Assert.Empty((await Json(stranger, "/v1/explore")).GetProperty("data").EnumerateArray());

        var (status, _) = await caller.Patch($"/v1/generations/{id}", new { visibility = "public", title = "Hill" });
        var shown = (await Json(stranger, "/v1/explore")).GetProperty("data").EnumerateArray().Single();
        var work = (await Json(stranger, $"/v1/explore/{id}")).GetProperty("data");
        var media = new Uri(work.GetProperty("outputs")[0].GetProperty("url").GetString()!).PathAndQuery;

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Hill", shown.GetProperty("title").GetString());
        Assert.Equal(id, shown.GetProperty("id").GetGuid());
        Assert.DoesNotContain("@example.org", shown.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(new Uri(media, UriKind.Relative))).StatusCode);
        Assert.Contains("a quiet hill", await stranger.GetStringAsync(new Uri($"/works/{id}", UriKind.Relative)), StringComparison.Ordinal);

        await caller.Patch($"/v1/generations/{id}", new { visibility = "private" });
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri(media, UriKind.Relative))).StatusCode);
        Assert.Empty((await Json(stranger, "/v1/explore")).GetProperty("data").EnumerateArray());

        await caller.Patch($"/v1/generations/{id}", new { visibility = "unlisted" });
        Assert.Empty((await Json(stranger, "/v1/explore")).GetProperty("data").EnumerateArray());
        Assert.NotEqual(media, new Uri((await Json(stranger, $"/v1/explore/{id}")).GetProperty("data").GetProperty("outputs")[0].GetProperty("url").GetString()!).PathAndQuery);
    }

    [Fact]
    public async Task Somebody_else_reads_a_published_one_with_addresses_that_end_when_it_is_withdrawn()
    {
        await using var app = await App.Scripted(postgres);
        var (owner, other) = (await app.Caller(), await app.Caller());
        var (_, created) = await owner.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", visibility = "unlisted" });
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        await owner.Ended(id);

        var (_, read) = await other.Get($"/v1/generations/{id}");
        var media = new Uri(new Uri(read.GetProperty("data").GetProperty("outputUrls")[0].GetString()!).PathAndQuery, UriKind.Relative);
        var shown = await other.Http.GetAsync(media);
        await owner.Patch($"/v1/generations/{id}", new { visibility = "private" });

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync(media)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/v1/generations/{id}")).Status);
    }

    [Fact]
    public async Task A_failed_one_can_be_renamed_and_not_published()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var (_, created) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("fail please"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(id);

        var (renamed, body) = await caller.Patch($"/v1/generations/{id}", new { title = "A try" });

        Assert.Equal(HttpStatusCode.OK, renamed);
        Assert.Equal("A try", body.GetProperty("data").GetProperty("title").GetString());
        Assert.Equal(HttpStatusCode.OK, (await caller.Patch($"/v1/generations/{id}", new { visibility = "private" })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await caller.Patch($"/v1/generations/{id}", new { visibility = "public" })).Status);
    }

    [Fact]
    public async Task Changes_that_find_nothing_need_one_connection_each()
    {
        // A request that asked for a second one while it holds the first would wait for the others, as they for it.
        await using var app = await App.Scripted(postgres, ("Jobs:SlowWorkers", "0"), ("Jobs:QuickWorkers", "0"), ("Plans:business:GeneralPerMinute", "100000"));
        var caller = await app.Caller();
        var held = new List<Npgsql.NpgsqlConnection>();
        for (var i = 0; i < TestPostgres.PoolMax - 3; i++) held.Add(await app.Database.OpenConnectionAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => caller.Patch($"/v1/generations/{Guid.NewGuid()}", new { visibility = "public" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer.Status));
        foreach (var connection in held) await connection.DisposeAsync();
    }

    [Fact]
    public async Task Other_peoples_generations_are_not_found()
    {
        await using var app = await App.Scripted(postgres);
        var (owner, other) = (await app.Caller(), await app.Caller());
        // It runs, so that it could be cancelled.
        var (_, created) = await owner.Post("/v1/generations", GenerationMoneyTests.Sketch("hang on"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        for (var waited = 0; !app.Provider!.Started.Contains(id); waited++)
        {
            Assert.True(waited < 600, "It does not begin.");
            await Task.Delay(50);
        }
        var path = $"/v1/generations/{id}";

        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Delete(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Patch(path, new { title = "mine" })).Status);
        Assert.Empty((await other.Get("/v1/generations")).Body.GetProperty("data").EnumerateArray());
        Assert.Equal("processing", (await owner.Get(path)).Body.GetProperty("data").GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, (await owner.Delete(path)).Status);
    }

    [Fact]
    public async Task One_idempotency_key_starts_one_generation_and_replays_its_answer()
    {
        await using var app = await App.Scripted(postgres, ("Plans:business:GenerationsPerMinute", "100000"));
        var caller = await app.Caller(credits: 100);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"), "key-1")));
        var (replayed, body) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"), "key-1");
        var (mismatch, _) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("another hill"), "key-1");
        var (otherAccount, _) = await (await app.Caller()).Post("/v1/generations", GenerationMoneyTests.Sketch("another hill"), "key-1");

        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.Conflict));
        var first = answers.First(answer => answer.Status == HttpStatusCode.Created).Body.GetRawText();
        Assert.All(answers.Where(answer => answer.Status == HttpStatusCode.Created), answer => Assert.Equal(first, answer.Body.GetRawText()));
        Assert.Equal((HttpStatusCode.Created, first), (replayed, body.GetRawText()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mismatch);
        Assert.Equal(HttpStatusCode.Created, otherAccount);
        Assert.Equal(1, await app.Scalar<long>("select count(*) from generations where account_id = $1", caller.Account));
    }

    [Fact]
    public async Task A_repeated_request_gets_its_first_answer_though_its_model_has_gone()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var (_, first) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"), "key-1");
        app.Provider!.Gone = true;

        var (again, repeated) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"), "key-1");
        var (anew, _) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"), "key-2");

        Assert.Equal((HttpStatusCode.Created, first.GetRawText()), (again, repeated.GetRawText()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, anew);
    }

    [Fact]
    public async Task A_refused_request_does_not_use_up_its_idempotency_key()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(credits: 1);

        var (short_, _) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill", count: 2), "key-1");
        var (started, _) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"), "key-1");

        Assert.Equal(HttpStatusCode.PaymentRequired, short_);
        Assert.Equal(HttpStatusCode.Created, started);
    }

    [Fact]
    public async Task The_list_filters_and_pages_without_gaps()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++) ids.Add((await caller.Post("/v1/generations", GenerationMoneyTests.Sketch(i == 2 ? "fail 100%" : $"hill {i}"))).Body.GetProperty("data").GetProperty("id").GetGuid());
        foreach (var id in ids) await caller.Ended(id);

        var seen = new List<Guid>();
        string? cursor = null;
        var pages = 0;
        do
        {
            Assert.True(++pages <= 3, "The list does not end.");
            var (_, page) = await caller.Get($"/v1/generations?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("pagination").GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        var (_, failed) = await caller.Get("/v1/generations?status=failed&q=100%25");

        Assert.Equal(Enumerable.Reverse(ids), seen);
        Assert.Equal(ids[2], failed.GetProperty("data").EnumerateArray().Single().GetProperty("id").GetGuid());
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Get("/v1/generations?cursor=AAAA")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Get("/v1/generations?limit=101")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Get("/v1/generations?status=done")).Status);
    }

    private static async Task<JsonElement> Json(HttpClient http, string path) => JsonDocument.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement;
}
