using System.Net;
using System.Security.Cryptography;
using System.Text;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Webhooks;

public sealed class DefaultSecretTests(TestPostgres postgres)
{
    [Fact]
    public async Task While_the_default_secret_is_exchanged_a_request_is_told_of_its_end_with_both()
    {
        await using var app = await App.Scripted(postgres, WebhookUser.Settings);
        await using var receiver = await Receiver.Start();
        var caller = await app.Caller();
        var old = (await caller.Get("/v1/webhooks/secret")).Body.GetProperty("data").GetProperty("secret").GetString()!;
        var fresh = (await caller.Post("/v1/webhooks/secret/rotate", new { overlapHours = 24 })).Body.GetProperty("data").GetProperty("secret").GetString()!;
        Assert.NotEqual(old, fresh);

        await Ask(caller, receiver);
        var during = (await receiver.Until(1))[0];
        await app.Execute("update webhook_secrets set old_secret_until = now() - interval '1 second'");
        await Ask(caller, receiver);
        var after = (await receiver.Until(2))[1];

        Assert.Equal($"{Standard(fresh, during)} {Standard(old, during)}", during.Signature);
        Assert.Equal(Legacy(old, during), during.Legacy);
        Assert.Equal(Standard(fresh, after), after.Signature);
        Assert.Equal(Legacy(fresh, after), after.Legacy);
        foreach (var secret in new[] { old, fresh }) Assert.Null(await PublicVerifier.Refuses(secret, during));
        Assert.NotNull(await PublicVerifier.Refuses(old, after));
    }

    private static async Task Ask(Caller caller, Receiver receiver)
    {
        var (status, body) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", webhookUrl = receiver.Url() });
        Assert.True(status == HttpStatusCode.Created, body.ToString());
    }

    private static string Standard(string secret, Message message) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}.{message.Body}")));

    private static string Legacy(string secret, Message message) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(message.Body)));
}
