using System.Text.Json;
using Rpd.Server.Tests.OpenApi;
using Rpd.Server.Tests.Support;
using Rpd.Tests.Stripe;

namespace Rpd.Server.Tests.Billing;

public sealed class OfficialClientTests(TestPostgres postgres)
{
    [Fact]
    public async Task Events_that_Stripes_own_client_signs_are_taken_and_altered_strange_and_old_ones_are_not()
    {
        await using var app = await App.Start(postgres, ("Stripe:SecretKey", StripeServer.SecretKey), ("Stripe:WebhookSecret", $"whsec_before, {StripeServer.WebhookSecret}"));
        app.UseKestrel(0);
        app.StartServer();

        var (exitCode, output) = await Judges.Script("stripe.mjs", new Uri(app.ClientOptions.BaseAddress, "/v1/billing/stripe").ToString(), StripeServer.WebhookSecret, $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}");

        Assert.True(exitCode == 0, output);
        var answers = JsonDocument.Parse(output).RootElement;
        Assert.Equal((200, 400, 400, 400), (Status("accepted"), Status("altered"), Status("otherSecret"), Status("old")));
        Assert.Equal(1L, await app.Scalar<long>("select count(*) from stripe_events where id = 'evt_judge'"));

        int Status(string name) => answers.GetProperty(name).GetInt32();
    }
}
