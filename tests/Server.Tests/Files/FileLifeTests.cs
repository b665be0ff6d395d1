using System.Net;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Files;
using Rpd.Server.Storage;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Files;

public sealed class FileLifeTests(TestPostgres postgres)
{
    [Fact]
    public async Task Confirming_twice_and_at_once_gives_one_answer_and_counts_once()
    {
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);
        var upload = await me.Ask();
        await me.Put(upload, Uploader.Dot);

        var together = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => me.Confirm(upload)));
        var later = await me.Confirm(upload);

        Assert.All(together.Append(later), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single(together.Append(later).Select(answer => answer.Body.GetProperty("data").GetProperty("url").GetString()!.Split('?')[0]).Distinct());
        Assert.Equal((Uploader.Dot.Length, 0), await me.Usage());
        await me.Until(() => me.Stored().Length == 1, "the losers' copies to go");
    }

    [Fact]
    public async Task Confirmed_bytes_do_not_change_whatever_is_sent_later()
    {
        using var media = new MediaFiles();
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);
        var upload = await me.Ask();
        await me.Put(upload, Uploader.Dot);
        var (_, confirmed) = await me.Confirm(upload);

        var (again, _) = await me.Put(upload, await File.ReadAllBytesAsync(await media.Picture("b.png", 20, 20)));
        // As storage of its own would let it in: a signed address works until it ends.
        var incoming = FileKeys.Incoming(me.Caller.Account, upload.GetProperty("fileId").GetGuid());
        await app.Services.GetRequiredService<IStorage>().Put(incoming, new MemoryStream([1, 2, 3]), CancellationToken.None);
        var (_, after) = await me.Confirm(upload);
        using var stored = await app.CreateClient().GetAsync(new Uri(new Uri(after.GetProperty("data").GetProperty("url").GetString()!).PathAndQuery, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Equal(confirmed.GetProperty("data").GetProperty("sha256").GetString(), after.GetProperty("data").GetProperty("sha256").GetString());
        Assert.Equal(Uploader.Dot, await stored.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task An_upload_may_be_replaced_until_it_is_confirmed()
    {
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);
        var upload = await me.Ask();

        Assert.Equal(HttpStatusCode.Conflict, (await me.Confirm(upload)).Status);
        await me.Put(upload, "<html><script>alert(1)</script>"u8.ToArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await me.Confirm(upload)).Status);
        await me.Put(upload, Uploader.Dot);
        Assert.Equal(HttpStatusCode.OK, (await me.Confirm(upload)).Status);
    }

    [Fact]
    public async Task A_file_of_another_kind_than_announced_is_not_confirmed()
    {
        using var media = new MediaFiles();
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);
        var upload = await me.Ask("image/png");
        await me.Put(upload, await File.ReadAllBytesAsync(await media.Picture("a.jpg", 20, 20)));

        var (status, body) = await me.Confirm(upload);
        await me.Put(upload, [.. (await File.ReadAllBytesAsync(await media.Picture("b.png", 300, 300)))[..2000]]);
        var (cut, cutBody) = await me.Confirm(upload);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (status, cut));
        Assert.Equal("The file is image/jpeg and not image/png, as was announced.", body.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("The image file is damaged or incomplete.", cutBody.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("fileId", body.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString());
        Assert.Equal(1, (await me.Usage()).Pending);
    }

    [Fact]
    public async Task Somebody_elses_file_is_not_there()
    {
        await using var app = await App.Scripted(postgres);
        var (me, other) = (await Uploader.Of(app), await Uploader.Of(app));
        var upload = await me.Ask();
        await me.Put(upload, Uploader.Dot);
        var id = upload.GetProperty("fileId").GetString();

        Assert.Equal(HttpStatusCode.NotFound, (await other.Confirm(upload)).Status);
        await me.Confirm(upload);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Confirm(upload)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Caller.Get($"/v1/files/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Caller.Delete($"/v1/files/{id}")).Status);
        Assert.Empty((await other.Caller.Get("/v1/files")).Body.GetProperty("data").EnumerateArray());
        Assert.Equal(HttpStatusCode.OK, (await me.Caller.Get($"/v1/files/{id}")).Status);
    }

    [Fact]
    public async Task The_list_pages_through_all_confirmed_ones_and_tells_the_pending_apart()
    {
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);
        var made = new List<string>();
        for (var i = 0; i < 5; i++) made.Add((await me.Upload(Uploader.Dot)).GetProperty("fileId").GetString()!);
        var pending = await me.Ask();

        var seen = new List<string>();
        string? cursor = null;
        var pages = 0;
        do
        {
            Assert.True(++pages <= 3, "The list does not end.");
            var (_, page) = await me.Caller.Get($"/v1/files?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(file => file.GetProperty("fileId").GetString()!));
            cursor = page.GetProperty("pagination").GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        var (_, waiting) = await me.Caller.Get("/v1/files?status=pending");

        Assert.Equal(Enumerable.Reverse(made), seen);
        Assert.Equal(pending.GetProperty("fileId").GetString(), waiting.GetProperty("data").EnumerateArray().Single().GetProperty("fileId").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await me.Caller.Get("/v1/files?limit=0&cursor=x&status=old")).Status);
    }

    [Fact]
    public async Task Deleting_gives_the_storage_back_and_erases_the_bytes()
    {
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);
        var file = await me.Upload(Uploader.Dot);
        var pending = await me.Ask(sizeBytes: 5000);

        foreach (var id in new[] { file.GetProperty("fileId").GetString(), pending.GetProperty("fileId").GetString() })
        {
            Assert.Equal(HttpStatusCode.OK, (await me.Caller.Delete($"/v1/files/{id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await me.Caller.Delete($"/v1/files/{id}")).Status);
        }

        Assert.Equal((0, 0), await me.Usage());
        await me.Until(() => me.Stored().Length == 0, "the bytes to go");
        using var gone = await app.CreateClient().GetAsync(new Uri(new Uri(file.GetProperty("url").GetString()!).PathAndQuery, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await me.Put(pending, new byte[5000])).Status);
    }

    [Fact]
    public async Task Forty_at_once_are_promised_no_more_than_the_plan_has()
    {
        await using var app = await App.Scripted(postgres, ("Plans:free:StorageBytesMax", "1000"), ("Plans:free:UploadBytesMax", "300"), ("Plans:free:GeneralPerMinute", "10000"));
        var me = await Uploader.Of(app, "free");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => me.TryAsk(sizeBytes: i % 2 == 0 ? 300 : null)));
        var (usage, pending) = await me.Usage();
        var (refused, why) = await me.TryAsk();
        var fits = await me.TryAsk(sizeBytes: 100);

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(37, answers.Count(answer => answer.Status == HttpStatusCode.Forbidden));
        Assert.Equal((900, 3), (usage, pending));
        Assert.Equal((HttpStatusCode.Forbidden, "STORAGE_QUOTA_REACHED"), (refused, why.GetProperty("error").GetProperty("code").GetString()));
        Assert.StartsWith("100 of 1000 bytes are left on the plan free; this upload may take 300.", why.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, fits.Status);
    }

    [Fact]
    public async Task Uploads_that_wait_are_counted_too()
    {
        await using var app = await App.Scripted(postgres, ("Files:PendingMax", "3"));
        var me = await Uploader.Of(app);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => me.TryAsk(sizeBytes: 1)));

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task An_address_ends_and_what_was_never_confirmed_is_swept_away()
    {
        var clock = new TestClock();
        await using var app = await App.Scripted(postgres);
        await using var host = app.WithWebHostBuilder(builder => builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock)));
        var me = await Uploader.Of(app);
        var id = (await me.Ask()).GetProperty("fileId").GetGuid();
        // The rows of the first host are this year's; the second lives later.
        await app.Execute("update files set expires_at = $1, sweep_at = $2", clock.GetUtcNow().AddMinutes(15), clock.GetUtcNow().AddMinutes(75));
        var addresses = host.Services.GetRequiredService<UploadAddresses>();
        var path = new Uri(new Uri(addresses.Of(id, clock.GetUtcNow().AddMinutes(15))).PathAndQuery, UriKind.Relative);
        using var http = host.CreateClient();
        using var first = await http.PutAsync(path, new ByteArrayContent(Uploader.Dot) { Headers = { ContentType = new("image/png") } });
        var sweep = host.Services.GetRequiredService<SweepUploads>();

        clock.Advance(TimeSpan.FromMinutes(16));
        using var late = await http.PutAsync(path, new ByteArrayContent(Uploader.Dot) { Headers = { ContentType = new("image/png") } });
        var early = await sweep.Run(CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(60));
        var swept = await Task.WhenAll(sweep.Run(CancellationToken.None), sweep.Run(CancellationToken.None));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (first.StatusCode, late.StatusCode));
        Assert.Equal(0, early);
        Assert.Equal(1, swept.Sum());
        Assert.Equal((0, 0), await me.Usage());
        await me.Until(() => me.Stored().Length == 0, "the bytes to go");
        Assert.Equal(HttpStatusCode.NotFound, (await me.Caller.Get($"/v1/files/{id}")).Status);
    }

    [Fact]
    public async Task What_comes_in_after_the_confirmation_is_swept_away_and_the_file_stays()
    {
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);
        var file = await me.Upload(Uploader.Dot);
        var id = file.GetProperty("fileId").GetGuid();
        await me.Until(() => me.Stored().Length == 1, "the incoming bytes to go");
        await app.Services.GetRequiredService<IStorage>().Put(FileKeys.Incoming(me.Caller.Account, id), new MemoryStream([1]), CancellationToken.None);
        await app.Execute("update files set sweep_at = now() - interval '1 minute'");

        await app.Services.GetRequiredService<SweepUploads>().Run(CancellationToken.None);

        Assert.Single(me.Stored());
        Assert.Equal(HttpStatusCode.OK, (await me.Caller.Get($"/v1/files/{id}")).Status);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from files where sweep_at is not null"));
    }

    [Fact]
    public async Task All_of_an_accounts_uploads_lie_below_one_prefix()
    {
        await using var app = await App.Scripted(postgres);
        var (me, other) = (await Uploader.Of(app), await Uploader.Of(app));
        await me.Upload(Uploader.Dot);
        await other.Upload(Uploader.Dot);
        await me.Until(() => me.Stored().Length == 2, "the incoming bytes to go");

        await app.Services.GetRequiredService<IStorage>().DeleteAll(FileKeys.OfAccount(me.Caller.Account), CancellationToken.None);

        Assert.Contains(other.Caller.Account.ToString("N"), Assert.Single(me.Stored()), StringComparison.Ordinal);
    }
}
