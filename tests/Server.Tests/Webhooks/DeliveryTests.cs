using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Tests.Events;
using Rpd.Server.Tests.Support;
using Rpd.Server.Webhooks;

namespace Rpd.Server.Tests.Webhooks;

public sealed class DeliveryTests(TestPostgres postgres)
{
    private static string Legacy(string secret, string body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    [Fact]
    public async Task A_generation_that_ends_is_told_to_listeners_of_its_end_and_the_feed_says_the_same()
    {
        await using var app = await App.Scripted(postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var caller = await app.Caller();
        var (id, secret) = await caller.Webhook(receiver.Url("/completed"), "generation.completed");
        await caller.Webhook(receiver.Url("/failed"), "generation.failed");
        await (await app.Caller()).Webhook(receiver.Url("/stranger"));
        var (_, made) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill" });
        await caller.Ended(made.GetProperty("data").GetProperty("id").GetGuid());

        var message = (await receiver.Until(1)).Single();

        Assert.Equal("/completed", message.Path);
        Assert.StartsWith("""{"event":"generation.completed","timestamp":"20""", message.Body, StringComparison.Ordinal);
        Assert.Null(await PublicVerifier.Refuses(secret, message));
        Assert.NotNull(await PublicVerifier.Refuses(secret, message with { Body = message.Body + " " }));
        Assert.Equal(Legacy(secret, message.Body), message.Legacy);
        var told = (await caller.Feed(events: 1)).Items.Single();
        Assert.Equal(message.Id, told.GetProperty("id").GetString());
        Assert.Equal(JsonDocument.Parse(message.Body).RootElement.GetProperty("data").GetRawText(), told.GetProperty("data").GetRawText());
        var delivery = await caller.Delivery(id, "delivered");
        Assert.Equal((message.Id, 1, 200), (delivery.GetProperty("eventId").GetString(), delivery.GetProperty("attempt").GetInt32(), delivery.GetProperty("responseStatus").GetInt32()));
        var detail = (await caller.Get($"/v1/webhooks/{id}/deliveries/{delivery.GetProperty("id").GetGuid()}")).Body.GetProperty("data");
        Assert.Equal(message.Body, detail.GetProperty("body").GetString());
        Assert.Equal(1, detail.GetProperty("attempts").GetArrayLength());
        Assert.Single(receiver.Messages);
    }

    [Fact]
    public async Task A_request_with_an_address_of_its_own_is_told_there_with_the_accounts_default_secret()
    {
        await using var app = await App.Scripted(postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var caller = await app.Caller();
        foreach (var prompt in new[] { "fail it", "a hill" })
            await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt, webhookUrl = receiver.Url("/mine") });

        var messages = await receiver.Until(2);
        var secret = (await caller.Get("/v1/webhooks/secret")).Body.GetProperty("data").GetProperty("secret").GetString()!;

        Assert.Equal(["generation.completed", "generation.failed"], messages.Select(message => message.Event).Order());
        foreach (var message in messages)
        {
            Assert.Null(await PublicVerifier.Refuses(secret, message));
            Assert.Equal(Legacy(secret, message.Body), message.Legacy);
        }
    }

    [Fact]
    public async Task A_delivery_that_fails_is_tried_again_on_schedule_and_days_of_failure_pause_its_webhook()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        receiver.Status(503);
        var caller = await app.Caller();
        var (id, secret) = await caller.Webhook(receiver.Url());
        await app.Happen(caller.Account);

        for (var step = 1; step <= 9; step++)
        {
            var failed = await caller.Delivery(id, delivery => delivery.GetProperty("attempt").GetInt32() == step);
            var wait = failed.GetProperty("nextAttemptAt").GetDateTimeOffset() - clock.GetUtcNow();
            Assert.InRange(wait, RetrySchedule.Delays[step - 1] - TimeSpan.FromMilliseconds(1), RetrySchedule.Delays[step - 1] * 1.1);
            Assert.Equal(("pending", 503, "so it is"), (failed.GetProperty("status").GetString(), failed.GetProperty("responseStatus").GetInt32(), failed.GetProperty("excerpt").GetString()));
            clock.Advance(wait - TimeSpan.FromMilliseconds(500));
            await Task.Delay(60);
            Assert.Equal(step, receiver.Messages.Count);
            Assert.Equal("active", (await caller.Read(id)).GetProperty("status").GetString());
            clock.Advance(TimeSpan.FromMilliseconds(500));
        }
        var last = await caller.Delivery(id, "failed");

        Assert.Equal(10, last.GetProperty("attempt").GetInt32());
        Assert.Equal(JsonValueKind.Null, last.GetProperty("nextAttemptAt").ValueKind);
        Assert.Single(receiver.Messages.Select(message => (message.Id, message.Body)).Distinct());
        Assert.Equal(10, receiver.Messages.Select(message => message.Timestamp).Distinct().Count());
        Assert.Equal(Legacy(secret, receiver.Messages.Last().Body), receiver.Messages.Last().Legacy);
        var webhook = await caller.Read(id);
        Assert.Equal(("paused", "Every attempt of 3 days failed."), (webhook.GetProperty("status").GetString(), webhook.GetProperty("statusReason").GetString()));
        Assert.Equal("webhook.paused", (await caller.Get("/v1/notifications")).Body.GetProperty("data")[0].GetProperty("kind").GetString());
        Assert.Contains("Your webhook was paused", await Letter(app), StringComparison.Ordinal);
        await app.Happen(caller.Account);
        Assert.Single(await caller.Deliveries(id));
    }

    [Fact]
    public async Task A_webhook_that_works_now_and_then_is_not_paused()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var caller = await app.Caller();
        var (id, _) = await caller.Webhook(receiver.Url());
        foreach (var status in new[] { 500, 200, 500, 500 })
        {
            receiver.Status(status);
            await app.Happen(caller.Account);
            await caller.Delivery(id, delivery => delivery.GetProperty("responseStatus").ValueKind == JsonValueKind.Number && delivery.GetProperty("responseStatus").GetInt32() == status);
            await caller.Get($"/v1/webhooks/{id}");
            clock.Advance(TimeSpan.FromDays(1.4));
        }

        Assert.Equal("active", (await caller.Read(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_receiver_that_answers_gone_is_disabled_and_what_waits_for_it_is_cancelled()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        receiver.Status(500);
        var caller = await app.Caller();
        var (id, _) = await caller.Webhook(receiver.Url());
        await app.Happen(caller.Account);
        await caller.Delivery(id, delivery => delivery.GetProperty("attempt").GetInt32() == 1);
        receiver.Status(410);
        await app.Happen(caller.Account);
        Assert.Equal(410, (await caller.Delivery(id, "failed")).GetProperty("responseStatus").GetInt32());
        clock.Advance(TimeSpan.FromSeconds(6));

        for (var tries = 0; tries < 200 && (await caller.Deliveries(id))[1].GetProperty("status").GetString() != "cancelled"; tries++) await Task.Delay(25);

        Assert.Equal("cancelled", (await caller.Deliveries(id))[1].GetProperty("status").GetString());
        Assert.Equal(("disabled", "It answered 410 Gone."), ((await caller.Read(id)).GetProperty("status").GetString(), (await caller.Read(id)).GetProperty("statusReason").GetString()));
        Assert.Equal("webhook.disabled", (await caller.Get("/v1/notifications")).Body.GetProperty("data")[0].GetProperty("kind").GetString());
        Assert.Equal(2, receiver.Messages.Count);
        await caller.Patch($"/v1/webhooks/{id}", new { status = "active" });
        receiver.Status(200);
        await app.Happen(caller.Account);
        await caller.Delivery(id, "delivered");
    }

    [Fact]
    public async Task A_redirect_is_not_followed_but_shown()
    {
        await using var app = await App.Scripted(postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        receiver.Answer = http =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        var caller = await app.Caller();
        var (id, _) = await caller.Webhook(receiver.Url());
        await app.Happen(caller.Account);

        var delivery = await caller.Delivery(id, delivery => delivery.GetProperty("attempt").GetInt32() == 1);

        Assert.Equal(("pending", 302), (delivery.GetProperty("status").GetString(), delivery.GetProperty("responseStatus").GetInt32()));
        Assert.All(receiver.Messages, message => Assert.Equal("/hook", message.Path));
    }

    [Fact]
    public async Task During_a_rotation_both_secrets_are_good_and_afterwards_the_new_one()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var caller = await app.Caller();
        var (id, old) = await caller.Webhook(receiver.Url());
        var rotated = (await caller.Post($"/v1/webhooks/{id}/rotate", new { })).Body.GetProperty("data");
        var fresh = rotated.GetProperty("secret").GetString()!;
        Assert.Equal(clock.GetUtcNow().AddHours(24), rotated.GetProperty("oldSecretUntil").GetDateTimeOffset());
        Assert.NotEqual(old, fresh);

        await app.Happen(caller.Account);
        var during = (await receiver.Until(1))[0];
        clock.Advance(TimeSpan.FromHours(24));
        await app.Happen(caller.Account);
        var after = (await receiver.Until(2))[1];

        Assert.Equal(Sign(fresh, during) + " " + Sign(old, during), during.Signature);
        Assert.Equal(Legacy(old, during.Body), during.Legacy);
        Assert.Equal(Sign(fresh, after), after.Signature);
        Assert.Equal(Legacy(fresh, after.Body), after.Legacy);
        var atOnce = (await caller.Post($"/v1/webhooks/{id}/rotate", new { overlapHours = 0 })).Body.GetProperty("data");
        Assert.Equal(JsonValueKind.Null, atOnce.GetProperty("oldSecretUntil").ValueKind);
        await app.Happen(caller.Account);
        var last = (await receiver.Until(3))[2];
        Assert.Equal(Sign(atOnce.GetProperty("secret").GetString()!, last), last.Signature);

        static string Sign(string secret, Message message) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(secret[6..]), Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}.{message.Body}")));
    }

    [Fact]
    public async Task What_was_sent_but_not_recorded_is_sent_again_under_the_same_id_and_a_late_record_counts_for_nothing()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, [.. WebhookUser.Settings, ("Webhooks:Concurrency", "0")]);
        await using var receiver = await Receiver.Start();
        var caller = await app.Caller();
        var (id, _) = await caller.Webhook(receiver.Url());
        await app.Happen(caller.Account);
        var queue = app.Services.GetRequiredService<DeliveryQueue>();
        var (attempt, record) = (app.Services.GetRequiredService<AttemptDelivery>(), app.Services.GetRequiredService<RecordAttempts>());

        var first = Assert.Single(await queue.Claim(10, [], CancellationToken.None));
        var lost = await attempt.Run(first, CancellationToken.None);
        Assert.Empty(await queue.Claim(10, [], CancellationToken.None));
        clock.Advance(DeliveryQueue.Lease + TimeSpan.FromSeconds(1));
        var second = Assert.Single(await queue.Claim(10, [], CancellationToken.None));
        await record.Run([lost], CancellationToken.None);
        Assert.Equal(0, (await caller.Deliveries(id))[0].GetProperty("attempt").GetInt32());
        await record.Run([await attempt.Run(second, CancellationToken.None)], CancellationToken.None);

        Assert.Equal(1, (await caller.Deliveries(id))[0].GetProperty("attempt").GetInt32());
        Assert.Equal("delivered", (await caller.Deliveries(id))[0].GetProperty("status").GetString());
        Assert.Equal(2, receiver.Messages.Count);
        Assert.Single(receiver.Messages.Select(message => (message.Id, message.Body)).Distinct());
    }

    [Fact]
    public async Task Two_nodes_claim_each_delivery_once()
    {
        await using var app = await App.Start(postgres, [.. WebhookUser.Settings, ("Webhooks:Concurrency", "0")]);
        var caller = await app.Caller();
        await caller.Webhook("http://127.0.0.1:9/hook");
        await app.Happen(caller.Account, times: 200);
        var queue = app.Services.GetRequiredService<DeliveryQueue>();

        var claimed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => queue.Claim(15, [], CancellationToken.None))));

        Assert.Equal(200, claimed.Sum(batch => batch.Count));
        Assert.Equal(200, claimed.SelectMany(batch => batch).Select(one => one.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_retry_waits_from_the_end_of_an_attempt_however_long_that_took()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        receiver.Answer = http =>
        {
            clock.Advance(TimeSpan.FromSeconds(12));
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var caller = await app.Caller();
        var (id, _) = await caller.Webhook(receiver.Url());
        await app.Happen(caller.Account);

        var failed = await caller.Delivery(id, delivery => delivery.GetProperty("attempt").GetInt32() == 1);

        Assert.InRange(failed.GetProperty("nextAttemptAt").GetDateTimeOffset() - clock.GetUtcNow(), TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5.5));
    }

    [Fact]
    public async Task What_waited_until_its_claim_was_nearly_over_is_claimed_anew_before_it_is_tried()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, [.. WebhookUser.Settings, ("Webhooks:ConcurrencyPerReceiver", "1")]);
        await using var receiver = await Receiver.Start();
        receiver.Answer = _ =>
        {
            if (receiver.Messages.Count == 1) clock.Advance(TimeSpan.FromSeconds(50));
            return Task.CompletedTask;
        };
        var caller = await app.Caller();
        await caller.Webhook(receiver.Url());
        await app.Happen(caller.Account, times: 2);

        await receiver.Until(2);

        Assert.Equal(2, receiver.Messages.Select(message => message.Id).Distinct().Count());
        var fences = await app.Scalar<int[]>("select array_agg(fence order by fence) from webhook_deliveries");
        Assert.Equal([1, 2], fences);
    }

    [Theory]
    [InlineData("delivered", false, "active paused")]
    [InlineData("failed", true, "disabled paused")]
    public async Task Two_nodes_that_judge_the_same_webhooks_do_not_wait_for_each_other(string state, bool gone, string after)
    {
        await using var app = await App.Start(postgres, [.. WebhookUser.Settings, ("Webhooks:Concurrency", "0"), ("Jobs:QuickWorkers", "0")]);
        var caller = await app.Caller();
        foreach (var path in new[] { "1", "2" }) await caller.Webhook($"http://127.0.0.1:9/{path}");
        await app.Happen(caller.Account, times: 2);
        var record = app.Services.GetRequiredService<RecordAttempts>();
        // Each node has the deliveries of its own event, so that they meet at the webhooks alone.
        var nodes = (await app.Services.GetRequiredService<DeliveryQueue>().Claim(10, [], CancellationToken.None))
            .GroupBy(delivery => delivery.MessageId).Select(of => of.OrderBy(delivery => delivery.Endpoint).ToArray()).ToArray();
        Assert.Equal([2, 2], nodes.Select(node => node.Length));

        for (var round = 0; round < 60; round++)
        {
            await app.Execute("update webhook_endpoints set status = 'active', status_reason = null, failing_since = now() - interval '5 days'");

            // Each changes one of the two first and then pauses the other, the other way round from its neighbour: a deadlock, were they not locked in one order.
            await Task.WhenAll(Node(changes: nodes[0][0], pauses: nodes[0][1]), Node(changes: nodes[1][1], pauses: nodes[1][0]));

            Assert.Equal(after, await app.Scalar<string>("select string_agg(status, ' ' order by status) from webhook_endpoints"));
        }

        Task Node(ClaimedDelivery changes, ClaimedDelivery pauses) =>
            Task.Run(() => record.Run([Outcome(changes, state, gone), Outcome(pauses, "pending", gone: false)], CancellationToken.None));

        static AttemptOutcome Outcome(ClaimedDelivery delivery, string state, bool gone) =>
            new(delivery, DateTimeOffset.UtcNow, state, state == "pending" ? DateTimeOffset.UtcNow.AddHours(1) : null, null, 1, null, null, gone);
    }

    [Fact]
    public async Task A_receiver_that_hangs_delays_nobody_else()
    {
        await using var app = await App.Start(postgres, [.. WebhookUser.Settings, ("Webhooks:Concurrency", "64"), ("Webhooks:TimeoutSeconds", "45")]);
        await using var hanging = await Receiver.Start();
        await using var quick = await Receiver.Start();
        hanging.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted);
        var caller = await app.Caller();
        await caller.Webhook(hanging.Url(), "generation.failed");
        await caller.Webhook(quick.Url(), "generation.completed");
        await app.Happen(caller.Account, "generation.failed", times: 1000);
        await hanging.Until(16);
        await app.Happen(caller.Account, "generation.completed", times: 300);

        var messages = await quick.Until(300);

        Assert.Equal(300, messages.Select(message => message.Id).Distinct().Count());
        Assert.InRange(hanging.Messages.Count, 16, 40);
    }

    [Fact]
    public async Task A_burst_is_delivered_to_the_last_and_each_once()
    {
        await using var app = await App.Start(postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var caller = await app.Caller();
        await caller.Webhook(receiver.Url());
        await app.Happen(caller.Account, times: 2000);

        var messages = await receiver.Until(2000);
        for (var tries = 0; tries < 400 && await app.Scalar<long>("select count(*) from webhook_deliveries where state = 'delivered'") < 2000; tries++) await Task.Delay(25);

        Assert.Equal(2000, messages.Select(message => message.Id).Distinct().Count());
        Assert.Equal(2000, await app.Scalar<long>("select count(*) from webhook_attempts"));
        Assert.Equal(2000, await app.Scalar<long>("select count(*) from webhook_deliveries where state = 'delivered' and attempt = 1"));
        Assert.Equal(2000, receiver.Messages.Count);
    }

    [Fact]
    public async Task A_delivery_can_be_had_again_by_its_owner()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var (caller, other) = (await app.Caller(), await app.Caller());
        var (id, _) = await caller.Webhook(receiver.Url());
        await app.Happen(caller.Account);
        var delivery = (await caller.Delivery(id, "delivered")).GetProperty("id").GetGuid();
        receiver.Status(500);

        Assert.Equal(HttpStatusCode.NotFound, (await other.Post($"/v1/webhooks/{id}/deliveries/{delivery}/redeliver", new { })).Status);
        Assert.Equal(HttpStatusCode.OK, (await caller.Post($"/v1/webhooks/{id}/deliveries/{delivery}/redeliver", new { })).Status);
        var again = await caller.Delivery(id, one => one.GetProperty("attempt").GetInt32() == 2);

        // The schedule begins anew.
        Assert.InRange(again.GetProperty("nextAttemptAt").GetDateTimeOffset() - clock.GetUtcNow(), TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5.5));
        receiver.Status(200);
        Assert.Equal(HttpStatusCode.OK, (await caller.Post($"/v1/webhooks/{id}/deliveries/{delivery}/redeliver", new { })).Status);
        await caller.Delivery(id, one => one.GetProperty("attempt").GetInt32() == 3 && one.GetProperty("status").GetString() == "delivered");
        Assert.Single(receiver.Messages.Select(message => message.Id).Distinct());
        await caller.Patch($"/v1/webhooks/{id}", new { status = "disabled" });
        Assert.Equal(HttpStatusCode.Conflict, (await caller.Post($"/v1/webhooks/{id}/deliveries/{delivery}/redeliver", new { })).Status);
        await caller.Patch($"/v1/webhooks/{id}", new { status = "active" });
        await app.Execute("delete from events");
        Assert.Equal(HttpStatusCode.Conflict, (await caller.Post($"/v1/webhooks/{id}/deliveries/{delivery}/redeliver", new { })).Status);
    }

    [Fact]
    public async Task A_test_goes_once_to_a_webhook_of_any_state_and_stays_out_of_the_feed()
    {
        await using var app = await App.Scripted(postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        receiver.Status(500);
        var caller = await app.Caller();
        var (id, secret) = await caller.Webhook(receiver.Url());
        await caller.Patch($"/v1/webhooks/{id}", new { status = "disabled" });

        Assert.Equal(HttpStatusCode.Created, (await caller.Post($"/v1/webhooks/{id}/test", new { })).Status);
        var delivery = await caller.Delivery(id, "failed");

        Assert.Equal(("webhook.test", 1, true), (delivery.GetProperty("event").GetString(), delivery.GetProperty("attempt").GetInt32(), delivery.GetProperty("test").GetBoolean()));
        Assert.Null(await PublicVerifier.Refuses(secret, receiver.Messages.Single()));
        Assert.Equal(JsonValueKind.Null, (await caller.Read(id)).GetProperty("failingSince").ValueKind);
        // Shown after whatever the test would have told.
        await app.Happen(caller.Account, "generation.failed");
        Assert.Equal("generation.failed", (await caller.Feed(events: 1)).Items.Single().GetProperty("event").GetString());
    }

    [Fact]
    public async Task Deliveries_are_forgotten_with_their_events()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var caller = await app.Caller();
        var (id, _) = await caller.Webhook(receiver.Url());
        await app.Happen(caller.Account);
        await caller.Delivery(id, "delivered");
        clock.Advance(TimeSpan.FromDays(31));
        await app.Happen(caller.Account);
        await caller.Delivery(id, "delivered");

        Assert.Equal(1, await app.Services.GetRequiredService<ForgetDeliveries>().Run(CancellationToken.None));

        Assert.Single(await caller.Deliveries(id));
        Assert.Equal(1, await app.Scalar<long>("select count(*) from webhook_attempts"));
    }

    /// <summary>The only one; a job writes it.</summary>
    private static async Task<string> Letter(App app)
    {
        var outbox = Path.Combine(app.DataFolder, "outbox");
        for (var tries = 0; tries < 400; tries++)
        {
            if (Directory.Exists(outbox) && Directory.GetFiles(outbox, "*.eml") is { Length: > 0 } letters) return await File.ReadAllTextAsync(Assert.Single(letters));
            await Task.Delay(25);
        }
        throw new TimeoutException("No letter has come.");
    }
}
