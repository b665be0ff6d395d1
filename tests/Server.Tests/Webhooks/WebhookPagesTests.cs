using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Events;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Support;
using Rpd.Web.Webhooks;

namespace Rpd.Server.Tests.Webhooks;

public sealed partial class WebhookPagesTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_is_made_tested_looked_at_rotated_switched_and_deleted_on_pages()
    {
        await using var app = await App.Scripted(postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var made = await visitor.Post("/webhooks", "/webhooks", ("url", receiver.Url()), ("events", "generation.completed"), ("description", "<i>mine</i>"));
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        var page = made.Headers.Location!.ToString();
        var secret = WebUtility.HtmlDecode(Secret().Match(await visitor.Read(page)).Groups[1].Value);
        Assert.NotEmpty(secret);
        Assert.DoesNotContain(secret, await visitor.Read(page), StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;mine&lt;/i&gt;", await visitor.Read("/webhooks"), StringComparison.Ordinal);

        using var tested = await visitor.Post(page, $"{page}/test");
        var message = (await receiver.Until(1)).Single();
        Assert.Null(await PublicVerifier.Refuses(secret, message));
        var delivery = tested.Headers.Location!.ToString();
        Assert.StartsWith($"{page}/deliveries/", delivery, StringComparison.Ordinal);
        await caller.Delivery(Guid.Parse(page.Split('/')[^1]), "delivered");
        var shown = await visitor.Read(delivery);
        Assert.Contains("Delivered", shown, StringComparison.Ordinal);
        Assert.Contains("This is a test.", shown, StringComparison.Ordinal);

        using var rotated = await visitor.Post(page, $"{page}/rotate", ("overlapHours", "24"));
        var newer = WebUtility.HtmlDecode(Secret().Match(await visitor.Read(page)).Groups[1].Value);
        Assert.NotEqual(secret, newer);
        await app.Happen(caller.Account);
        var signed = (await receiver.Until(2))[1];
        Assert.Null(await PublicVerifier.Refuses(secret, signed));
        Assert.Null(await PublicVerifier.Refuses(newer, signed));

        using var off = await visitor.Post(page, $"{page}/disable");
        Assert.Contains("You have switched it off.", await visitor.Read(page), StringComparison.Ordinal);
        using var on = await visitor.Post(page, $"{page}/enable");
        Assert.Equal("active", (await caller.Read(Guid.Parse(page.Split('/')[^1]))).GetProperty("status").GetString());
        using var gone = await visitor.Post(page, $"{page}/delete");
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.NotFound), (gone.StatusCode, (await visitor.Get(page)).StatusCode));
    }

    [Fact]
    public async Task What_failed_can_be_sent_again_one_by_one_or_all_and_a_filter_finds_it()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var (id, _) = await caller.Webhook(receiver.Url());
        await app.Happen(caller.Account, times: 3);
        await receiver.Until(3);
        await caller.Delivery(id, "delivered");
        // As if the schedule had come to its end for two of them.
        await Until(app, "select count(*) from webhook_deliveries where state = 'delivered'", 3);
        await app.Execute("update webhook_deliveries set state = 'failed', response_status = 500 where event_id > (select min(event_id) from webhook_deliveries)");

        var failed = await visitor.Read($"/webhooks/{id}?status=failed");
        Assert.Equal(2, Redelivers().Count(failed));
        Assert.Contains("33 % of the latest 3 delivered", failed, StringComparison.Ordinal);
        var one = Redelivers().Match(failed).Groups[1].Value;
        using var again = await visitor.Post($"/webhooks/{id}", one);
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        await receiver.Until(4);

        using var all = await visitor.Post($"/webhooks/{id}", $"/webhooks/{id}/redeliver-failed", ("since", "1h"));
        await receiver.Until(5);
        Assert.Contains("1 delivery is on its way again.", await visitor.Read($"/webhooks/{id}"), StringComparison.Ordinal);
        await Until(app, "select count(*) from webhook_deliveries where state = 'delivered'", 3);
        using var none = await visitor.Post($"/webhooks/{id}", $"/webhooks/{id}/redeliver-failed", ("since", "1h"));
        Assert.Contains("Nothing has failed in that time.", await visitor.Read($"/webhooks/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_requests_own_address_was_told_has_a_log_of_its_own()
    {
        await using var app = await App.Scripted(postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var (caller, other) = (await app.Caller(), await app.Caller());
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        Assert.DoesNotContain("See those deliveries", await visitor.Read("/webhooks"), StringComparison.Ordinal);
        var (_, made) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", webhookUrl = receiver.Url("/mine") });
        await receiver.Until(1);
        await Until(app, "select count(*) from webhook_deliveries where state = 'delivered'", 1);

        Assert.Contains("See those deliveries", await visitor.Read("/webhooks"), StringComparison.Ordinal);
        var list = await visitor.Read("/webhooks/requests");
        Assert.Contains(receiver.Url("/mine"), list, StringComparison.Ordinal);
        var address = Detail().Match(list).Groups[1].Value;
        Assert.Contains($"/library/{made.GetProperty("data").GetProperty("id").GetGuid()}", await visitor.Read(address), StringComparison.Ordinal);
        using var again = await visitor.Post(address, $"{address}/redeliver");
        Assert.Equal(2, (await receiver.Until(2)).Length);

        var stranger = await PageVisitor.SignIn(app, other.Account);
        Assert.DoesNotContain("/mine", await stranger.Read("/webhooks/requests"), StringComparison.Ordinal);
        using var theirs = await stranger.Get(address);
        using var pushed = await stranger.Post("/webhooks", $"{address}/redeliver");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.StatusCode, pushed.StatusCode));
    }

    [Fact]
    public async Task Somebody_elses_webhook_is_not_there_whatever_is_asked_of_it()
    {
        await using var app = await App.Scripted(postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var (owner, other) = (await app.Caller(), await app.Caller());
        var (id, _) = await owner.Webhook(receiver.Url());
        await app.Happen(owner.Account);
        var delivery = (await owner.Delivery(id, "delivered")).GetProperty("id").GetGuid();
        var stranger = await PageVisitor.SignIn(app, other.Account);

        foreach (var path in new[] { $"/webhooks/{id}", $"/webhooks/{id}/deliveries/{delivery}", $"/webhooks/requests/{delivery}" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(path)).StatusCode);
        foreach (var path in new[] { "test", "disable", "enable", "rotate", "delete", "redeliver-failed", $"deliveries/{delivery}/redeliver" })
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await stranger.Post("/webhooks", $"/webhooks/{id}/{path}")).StatusCode));
        using var changed = await stranger.Post("/webhooks", $"/webhooks/{id}", ("url", receiver.Url()), ("events", "credits.low"));
        Assert.Equal((HttpStatusCode.NotFound, "active"), (changed.StatusCode, (await owner.Read(id)).GetProperty("status").GetString()));
        Assert.Single(receiver.Messages);
    }

    [Fact]
    public async Task A_wrong_form_keeps_what_was_typed_and_says_all_of_it()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var refused = await visitor.Post("/webhooks", "/webhooks", ("url", "http://10.0.0.1/\"><script>"), ("description", "kept"));
        var page = await refused.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("f-url-error", page, StringComparison.Ordinal);
        Assert.Contains("f-events-error", page, StringComparison.Ordinal);
        Assert.Contains("value=\"kept\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"><script>", page, StringComparison.Ordinal);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from webhook_endpoints"));
    }

    [Fact]
    public async Task The_samples_have_the_fields_of_real_events_and_the_feed_page_shows_those()
    {
        await using var app = await App.Scripted(postgres, ("Credits:LowBalanceThreshold", "2"));
        var caller = await app.Caller(credits: 3);
        foreach (var prompt in new[] { "fail it", "a hill", "a hill" })
        {
            var (_, made) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch(prompt));
            await caller.Ended(made.GetProperty("data").GetProperty("id").GetGuid());
        }
        var real = (await caller.Feed(events: 4)).Items.DistinctBy(item => item.GetProperty("event").GetString()).ToList();
        Assert.Equal(EventSamples.All.Keys.Order(), real.Select(item => item.GetProperty("event").GetString()!).Order());
        foreach (var item in real)
        {
            var sample = JsonNode.Parse(EventSamples.All[item.GetProperty("event").GetString()!])!["data"]!.AsObject();
            Assert.Equal(item.GetProperty("data").EnumerateObject().Select(field => field.Name), sample.Select(field => field.Key));
        }

        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var failed = await visitor.Read("/events?event=generation.failed");
        var id = real.Single(item => item.GetProperty("event").GetString() == "generation.failed");
        Assert.Contains(id.GetProperty("id").GetString()!, failed, StringComparison.Ordinal);
        Assert.Contains($"/library/{id.GetProperty("data").GetProperty("id").GetGuid()}", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>generation.completed</b>", failed, StringComparison.Ordinal);
        // The page's own position: nothing is newer than its first event.
        var after = After().Match(await visitor.Read("/events")).Groups[1].Value;
        Assert.Equal(0, (await caller.Get($"/v1/events?after={after}")).Body.GetProperty("data").GetArrayLength());
        Assert.DoesNotContain("evt_", await (await PageVisitor.SignIn(app, (await app.Caller()).Account)).Read("/events"), StringComparison.Ordinal);
    }

    private static async Task Until(App app, string sql, long count)
    {
        for (var tries = 0; tries < 400 && await app.Scalar<long>(sql) != count; tries++) await Task.Delay(25, Cancel);
        Assert.Equal(count, await app.Scalar<long>(sql));
    }

    [GeneratedRegex("id=\"secret\"[^>]* value=\"(whsec_[^\"]+)\"")]
    private static partial Regex Secret();

    [GeneratedRegex("action=\"(/webhooks/[0-9a-f-]+/deliveries/[0-9a-f-]+/redeliver)\"")]
    private static partial Regex Redelivers();

    [GeneratedRegex("href=\"(/webhooks/requests/[0-9a-f-]{36})\"")]
    private static partial Regex Detail();

    [GeneratedRegex("after=([A-Za-z0-9_-]+)")]
    private static partial Regex After();
}
