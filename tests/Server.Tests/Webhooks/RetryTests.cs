using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Webhooks;

public sealed class RetryTests(TestPostgres postgres)
{
    [Fact]
    public async Task An_attempt_at_a_receiver_that_hangs_has_failed_when_its_time_is_over_and_another_is_scheduled()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, [.. WebhookUser.Settings, ("Webhooks:TimeoutSeconds", "1")]);
        await using var receiver = await Receiver.Start();
        receiver.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted);
        var caller = await app.Caller();
        var (id, _) = await caller.Webhook(receiver.Url());
        await app.Happen(caller.Account);

        var failed = await caller.Delivery(id, delivery => delivery.GetProperty("attempt").GetInt32() == 1);

        Assert.Equal(("pending", JsonValueKind.Null, "The host was not done within 1 s."),
            (failed.GetProperty("status").GetString(), failed.GetProperty("responseStatus").ValueKind, failed.GetProperty("error").GetString()));
        Assert.InRange(failed.GetProperty("latencyMs").GetInt32(), 900, 60_000);
        Assert.InRange(failed.GetProperty("nextAttemptAt").GetDateTimeOffset() - clock.GetUtcNow(), TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5.5));
        Assert.Equal(JsonValueKind.String, (await caller.Read(id)).GetProperty("failingSince").ValueKind);
        receiver.Status(200);
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(2, (await caller.Delivery(id, "delivered")).GetProperty("attempt").GetInt32());
        Assert.Equal(2, receiver.Messages.Count);
        Assert.Single(receiver.Messages.Select(message => (message.Id, message.Body)).Distinct());
    }

    [Fact]
    public async Task What_is_told_of_a_generation_stays_the_same_to_the_byte_though_it_is_purged_before_the_retry()
    {
        await using var app = await App.Scripted(postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        receiver.Status(500);
        var caller = await app.Caller();
        var (id, secret) = await caller.Webhook(receiver.Url());
        var (_, made) = await caller.Post("/v1/generations", Sketch("a hill"));
        var generation = made.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(generation);
        await caller.Delivery(id, delivery => delivery.GetProperty("attempt").GetInt32() == 1);

        Assert.Equal(HttpStatusCode.OK, (await caller.Delete($"/v1/generations/{generation}?purge=true")).Status);
        receiver.Status(200);
        var delivered = await caller.Delivery(id, "delivered");
        var messages = receiver.Messages.ToArray();

        Assert.Equal(HttpStatusCode.NotFound, (await caller.Get($"/v1/generations/{generation}")).Status);
        Assert.Equal((2, 2), (delivered.GetProperty("attempt").GetInt32(), messages.Length));
        Assert.Equal((messages[0].Id, messages[0].Body), (messages[1].Id, messages[1].Body));
        Assert.Contains(generation.ToString(), messages[1].Body, StringComparison.Ordinal);
        Assert.Contains("/files/outputs/", messages[1].Body, StringComparison.Ordinal);
        Assert.Null(await PublicVerifier.Refuses(secret, messages[1]));
    }
}
