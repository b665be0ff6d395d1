using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Library;

public sealed class BulkTests(TestPostgres postgres)
{
    [Fact]
    public async Task What_can_be_published_is_and_what_cannot_is_named()
    {
        await using var app = await App.Scripted(postgres);
        var (caller, stranger) = (await app.Caller(), await app.Caller());
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var (one, two) = (await Done(caller, "first hill"), await Done(caller, "second hill"));
        var failed = await Done(caller, "fail <b>please</b>");
        var running = await Started(caller, "hang around");
        var foreign = await Done(stranger, "not yours");

        using var answer = await Do(visitor, "publish", "?status=completed", one, two, failed, running, foreign);
        var page = await visitor.Read("/library?status=completed");

        Assert.Equal((HttpStatusCode.SeeOther, "/library?status=completed"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Contains("2 published. 1 is still running and is published when it is done.", page, StringComparison.Ordinal);
        Assert.Contains("it failed, so there is nothing to publish", page, StringComparison.Ordinal);
        Assert.Contains("1 is not there any more.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>please", page, StringComparison.Ordinal);
        Assert.Equal(2L, await app.Scalar<long>("select count(*) from publications where listed and account_id = $1", caller.Account));
        Assert.Equal("private", await app.Scalar<string>("select visibility from generations where id = $1", foreign));
        Assert.DoesNotContain("2 published", await visitor.Read("/library"), StringComparison.Ordinal);

        using var back = await Do(visitor, "unpublish", "", one, two);
        Assert.Contains("2 withdrawn.", await visitor.Read("/library"), StringComparison.Ordinal);
        Assert.Equal(0L, await app.Scalar<long>("select count(*) from publications"));
    }

    [Fact]
    public async Task A_download_holds_the_files_as_they_are_and_what_they_were_made_from()
    {
        await using var app = await App.Scripted(postgres);
        var (caller, stranger) = (await app.Caller(), await app.Caller());
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var one = await Done(caller, "Ein Hügel / am ../ Morgen");
        var (_, made) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("two hills", count: 2));
        var two = made.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(two);
        var foreign = await Done(stranger, "not yours");

        using var answer = await Do(visitor, "download", "", one, two, foreign);

        Assert.Equal(("application/zip", "no-store"), (answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.ToString()));
        Assert.StartsWith("attachment; filename=\"rpd-create-", answer.Content.Headers.GetValues("Content-Disposition").Single(), StringComparison.Ordinal);
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["001-two-hills-1.png", "001-two-hills-2.png", "002-ein-hügel-am-morgen.png", "manifest.json"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        await using var picture = await zip.Entries[0].OpenAsync(TestContext.Current.CancellationToken);
        var head = new byte[4];
        await picture.ReadExactlyAsync(head, TestContext.Current.CancellationToken);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], head);
        await using var manifest = await zip.GetEntry("manifest.json")!.OpenAsync(TestContext.Current.CancellationToken);
        var told = (await JsonDocument.ParseAsync(manifest, default, TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal([two, one], told.EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
        Assert.Equal("Ein Hügel / am ../ Morgen", told[1].GetProperty("prompt").GetString());
        Assert.Equal("002-ein-hügel-am-morgen.png", told[1].GetProperty("files")[0].GetString());
        Assert.Equal(JsonValueKind.Object, told[1].GetProperty("params").ValueKind);
    }

    [Fact]
    public async Task Nothing_is_deleted_before_it_is_said_what_is_lost()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var (one, running) = (await Done(caller, "a hill"), await Started(caller, "hang around"));
        await caller.Patch($"/v1/generations/{one}", new { visibility = "public" });

        using var asked = await Do(visitor, "purge", "", one, running);
        var page = await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        Assert.Contains("Delete this one for good?", page, StringComparison.Ordinal);
        Assert.Contains("1 of them is open to others", page, StringComparison.Ordinal);
        Assert.Equal(2L, await app.Scalar<long>("select count(*) from generations"));

        using var done = await visitor.Post("/library", "/library/bulk", ("action", "purge"), ("confirmed", "true"), ("ids", $"{one}"), ("ids", $"{running}"));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var after = await visitor.Read("/library");
        Assert.Contains("1 deleted.", after, StringComparison.Ordinal);
        Assert.Contains("it is still running: cancel it first", after, StringComparison.Ordinal);
        Assert.Equal(running, await app.Scalar<Guid>("select id from generations"));
    }

    [Fact]
    public async Task They_are_collected_into_a_new_collection_or_an_own_one()
    {
        await using var app = await App.Scripted(postgres);
        var (caller, stranger) = (await app.Caller(), await app.Caller());
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var (one, two, failed) = (await Done(caller, "a hill"), await Done(caller, "a lake"), await Done(caller, "fail"));
        var (_, foreign) = await stranger.Post("/v1/collections", new { name = "Theirs" });

        using var unnamed = await Do(visitor, "collect", "", one);
        var page = await unnamed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unnamed.StatusCode);
        Assert.Matches($"value=\"{one}\"[^>]* checked", page);
        using var theirs = await visitor.Post("/library", "/library/bulk", ("action", "collect"), ("ids", $"{one}"), ("collection", foreign.GetProperty("data").GetProperty("id").GetString()!));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, theirs.StatusCode);

        await visitor.Post("/library", "/library/bulk", ("action", "collect"), ("ids", $"{one}"), ("ids", $"{failed}"), ("collectionName", " Seas "));
        var said = await visitor.Read("/library");
        var id = await app.Scalar<Guid>("select id from collections where account_id = $1 and name = 'Seas'", caller.Account);
        await visitor.Post("/library", "/library/bulk", ("action", "collect"), ("ids", $"{one}"), ("ids", $"{two}"), ("collection", $"{id}"));

        Assert.Contains("1 collected.", said, StringComparison.Ordinal);
        Assert.Contains("it has nothing to show", said, StringComparison.Ordinal);
        Assert.Equal([one, two], await app.Scalar<Guid[]>("select array_agg(generation_id order by position) from collection_items"));
    }

    [Fact]
    public async Task Nothing_selected_too_much_selected_or_no_button_is_told()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var one = await Done(caller, "a hill");

        foreach (var (fields, says) in new ((string, string)[], string)[]
        {
            ([("action", "publish")], "Select something first."),
            ([("action", "publish"), .. Enumerable.Range(0, 201).Select(_ => ("ids", $"{Guid.NewGuid()}"))], "200 can be taken at once"),
            ([("ids", $"{one}")], "Say what is to be done"),
            ([("action", "download"), ("ids", $"{Guid.NewGuid()}")], "None of these has anything to download."),
        })
        {
            using var answer = await visitor.Post("/library", "/library/bulk", fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(says, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        using var again = await visitor.Get("/library/bulk?type=audio");
        Assert.Equal("/library?type=audio", again.Headers.Location?.ToString());
    }

    internal static async Task<HttpResponseMessage> Do(PageVisitor visitor, string action, string query, params Guid[] ids) =>
        await visitor.Post("/library", "/library/bulk" + query, [("action", action), .. ids.Select(id => ("ids", $"{id}"))]);

    internal static async Task<Guid> Started(Caller caller, string prompt) =>
        (await caller.Post("/v1/generations", GenerationMoneyTests.Sketch(prompt))).Body.GetProperty("data").GetProperty("id").GetGuid();

    internal static async Task<Guid> Done(Caller caller, string prompt)
    {
        var id = await Started(caller, prompt);
        await caller.Ended(id);
        return id;
    }
}
