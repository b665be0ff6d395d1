using System.Text;
using Rpd.Server.Billing.Stripe;
using Rpd.Tests.Stripe;

namespace Rpd.Server.Tests.Billing;

public sealed class SignatureTests
{
    private const string Secret = "whsec_one", Body = """{"id":"evt_1"}""";

    private static readonly DateTimeOffset Now = new(2031, 3, 5, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string?, bool> Headers => new()
    {
        { Sign(), true },
        { Sign() + ",v0=" + new string('a', 64), true },
        { Sign(secret: "whsec_other") + "," + Sign().Split(',')[1], true },
        { Sign(secret: "whsec_two"), true },
        { Sign(secret: "whsec_other"), false },
        { Sign(at: Now.AddSeconds(-300)), true },
        { Sign(at: Now.AddSeconds(-301)), false },
        { Sign(at: Now.AddSeconds(301)), false },
        { Sign().Replace("v1=", "v0=", StringComparison.Ordinal), false },
        { Sign(body: Body + " "), false },
        { "t=" + Now.ToUnixTimeSeconds(), false },
        { Sign().Split(',')[1], false },
        { "t=99999999999999999999," + Sign().Split(',')[1], false },
        { Sign()[..^1], false },
        { Sign()[..^1] + "g", false },
        { "nonsense", false },
        { "", false },
        { null, false },
    };

    [Theory, MemberData(nameof(Headers))]
    public void Only_a_signature_of_a_known_secret_for_this_body_and_this_time_holds(string? header, bool holds) =>
        Assert.Equal(holds, StripeSignature.Holds(header, Encoding.UTF8.GetBytes(Body), [Secret, "whsec_two"], Now));

    private static string Sign(string body = Body, DateTimeOffset? at = null, string secret = Secret) => StripeWorld.Sign(body, at ?? Now, secret);
}
