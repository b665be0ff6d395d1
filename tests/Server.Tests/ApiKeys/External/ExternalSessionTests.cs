using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rpd.Server.ApiKeys.External;
using Rpd.Server.Tests.Accounts;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.ApiKeys.External;

public sealed class ExternalSessionTests(TestPostgres postgres)
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task The_first_good_token_opens_an_account_without_credits_and_the_next_finds_it(string alg)
    {
        await using var issuer = await FakeIssuer.Start();
        await using var host = await Start(issuer);
        var ada = await KeyUser.Add(host);

        var (status, body) = await Call(host, issuer.Token(host.Clock.GetUtcNow(), alg: alg));
        Assert.True(status == 200, body.ToString());
        Assert.Equal(body.GetGuid(), (await Call(host, issuer.Token(host.Clock.GetUtcNow()))).Body.GetGuid());
        Assert.NotEqual(body.GetGuid(), (await Call(host, issuer.Token(host.Clock.GetUtcNow(), "user_2"))).Body.GetGuid());
        // The token says ada@example.org, and so does her account: that joins nothing.
        Assert.NotEqual(ada.Account, body.GetGuid());
        Assert.Equal((3L, 0L, 0L), (await host.Scalar<long>("select count(*) from accounts"), await host.Scalar<long>("select count(*) from welcome_grants"), await host.Scalar<long>("select count(*) from credit_entries")));
    }

    [Fact]
    public async Task What_is_forged_old_or_meant_for_others_is_refused()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var stranger = await FakeIssuer.Start();
        await using var host = await Start(issuer);
        var now = host.Clock.GetUtcNow();
        var good = issuer.Token(now);
        var (head, body, signature) = (good.Split('.')[0], good.Split('.')[1], good.Split('.')[2]);
        var spki = Encoding.ASCII.GetBytes(issuer.Rsa.ExportSubjectPublicKeyInfoPem());
        Dictionary<string, object> With(string name, object? value) => Changed(issuer.Claims(now), name, value);
        Dictionary<string, object> Headed(string name, object? value) => Changed(issuer.Header(), name, value);
        string Claiming(string name, object? value) => issuer.Sign(issuer.Header(), With(name, value));

        Assert.Equal(200, (await Call(host, good)).Status);
        foreach (var (what, token) in new (string, string)[]
        {
            ("alg none", $"{FakeIssuer.Encode("""{"alg":"none"}"""u8.ToArray())}.{body}."),
            ("alg none, signed", issuer.Sign(Headed("alg", "none"), issuer.Claims(now))),
            ("HS256 with the public key", issuer.Sign(Headed("alg", "HS256"), issuer.Claims(now), bytes => HMACSHA256.HashData(spki, bytes))),
            ("RS384", issuer.Sign(Headed("alg", "RS384"), issuer.Claims(now), bytes => issuer.Rsa.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1))),
            ("PS256", issuer.Sign(Headed("alg", "PS256"), issuer.Claims(now), bytes => issuer.Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss))),
            ("ES256 said of an RSA key", issuer.Sign(Changed(issuer.Header(), "alg", "ES256"), issuer.Claims(now), bytes => issuer.Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))),
            ("unknown kid", issuer.Sign(Headed("kid", "k9"), issuer.Claims(now))),
            ("the encryption key", issuer.Sign(Headed("kid", "for-encryption"), issuer.Claims(now))),
            ("kid of another type", issuer.Sign(Headed("kid", 5), issuer.Claims(now))),
            ("crit", issuer.Sign(Headed("crit", new[] { "exp" }), issuer.Claims(now))),
            ("a logout token", issuer.Sign(Headed("typ", "logout+jwt"), issuer.Claims(now))),
            ("another signer", stranger.Sign(issuer.Header(), issuer.Claims(now))),
            ("another issuer", stranger.Token(now)),
            ("issuer with a slash", Claiming("iss", issuer.Address + "/")),
            ("no issuer", Claiming("iss", null)),
            ("wrong aud", Claiming("aud", "else")),
            ("aud list without us", Claiming("aud", new[] { "a", "b" })),
            ("no aud", Claiming("aud", null)),
            ("wrong azp", Claiming("azp", "https://evil.example.org")),
            ("no azp", Claiming("azp", null)),
            ("expired", Claiming("exp", now.AddSeconds(-60).ToUnixTimeSeconds())),
            ("exp as text", Claiming("exp", "9999999999")),
            ("no exp", Claiming("exp", null)),
            ("not yet", Claiming("nbf", now.AddMinutes(10).ToUnixTimeSeconds())),
            ("nbf as text", Claiming("nbf", "now")),
            ("no sub", Claiming("sub", null)),
            ("empty sub", Claiming("sub", "")),
            ("long sub", Claiming("sub", new string('x', 256))),
            ("sub of another type", Claiming("sub", 17)),
            ("NUL in sub", Claiming("sub", "a\0b")),
            ("tampered payload", $"{head}.{FakeIssuer.Encode(JsonSerializer.SerializeToUtf8Bytes(With("sub", "user_2")))}.{signature}"),
            ("tampered signature", $"{head}.{body}.{(signature[0] == 'A' ? 'B' : 'A')}{signature[1..]}"),
            ("cut signature", $"{head}.{body}.{signature[..^4]}"),
            ("no signature", $"{head}.{body}."),
            ("two parts", $"{head}.{body}"),
            ("four parts", $"{good}.x"),
            ("padded", $"{head}.{body}.{signature}=="),
            ("no base64", $"{head}.{body}.@@@@"),
            ("no JSON", $"{FakeIssuer.Encode("eyJ"u8.ToArray())}.{body}.{signature}"),
            ("a list", $"{head}.{FakeIssuer.Encode("[1]"u8.ToArray())}.{signature}"),
            ("huge", issuer.Sign(issuer.Header(), With("padding", new string('x', 9000)))),
        })
        {
            // One address has few refusals a minute.
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            var (status, answer) = await Call(host, token);
            Assert.True(status == 401, $"{what}: {status}");
            Assert.DoesNotContain(token, answer.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(1L, await host.Scalar<long>("select count(*) from account_logins"));
        Assert.DoesNotContain(host.Logs.All, line => line.Contains(signature, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_minute_of_difference_between_the_clocks_is_forgiven()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var host = await Start(issuer);
        var now = host.Clock.GetUtcNow();
        Task<(int Status, JsonElement Body)> Claiming(string name, int seconds) =>
            Call(host, issuer.Sign(issuer.Header(), Changed(issuer.Claims(now), name, now.AddSeconds(seconds).ToUnixTimeSeconds())));

        Assert.Equal((200, 401, 401), ((await Claiming("exp", -59)).Status, (await Claiming("exp", -60)).Status, (await Claiming("exp", -61)).Status));
        Assert.Equal((200, 200, 401), ((await Claiming("nbf", 59)).Status, (await Claiming("nbf", 60)).Status, (await Claiming("nbf", 61)).Status));
        // A second later that one has begun too.
        var soon = issuer.Sign(issuer.Header(), Changed(issuer.Claims(now), "nbf", now.AddSeconds(61).ToUnixTimeSeconds()));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await Call(host, soon)).Status);
        Assert.Equal(200, (await Call(host, issuer.Sign(Changed(issuer.Header(), "kid", null), Changed(issuer.Claims(now), "aud", new[] { "other", FakeIssuer.Audience })))).Status);
    }

    [Fact]
    public async Task The_same_subject_of_two_issuers_is_two_people()
    {
        await using var first = await FakeIssuer.Start();
        await using var second = await FakeIssuer.Start();
        await using var host = await Start(first, ("Auth:External:1:Issuer", second.Address), ("Auth:External:1:Audience", FakeIssuer.Audience));
        var now = host.Clock.GetUtcNow();

        var (one, other) = (await Call(host, first.Token(now, "user_1")), await Call(host, second.Token(now, "user_1")));

        Assert.Equal((200, 200), (one.Status, other.Status));
        Assert.NotEqual(one.Body.GetGuid(), other.Body.GetGuid());
        Assert.Equal((one.Body.GetGuid(), other.Body.GetGuid()), ((await Call(host, first.Token(now, "user_1"))).Body.GetGuid(), (await Call(host, second.Token(now, "user_1"))).Body.GetGuid()));
        Assert.Equal((2L, 2L), (await host.Scalar<long>("select count(*) from accounts"), await host.Scalar<long>("select count(*) from account_logins")));
        // Nobody speaks for the other: the keys' names are the same, the keys are not.
        Assert.Equal(401, (await Call(host, first.Sign(first.Header(), second.Claims(now)))).Status);
        Assert.Equal(401, (await Call(host, second.Sign(second.Header(), first.Claims(now)))).Status);
    }

    [Fact]
    public async Task First_tokens_at_once_open_one_account()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var host = await Start(issuer, ("Plans:free:GeneralPerMinute", "1000"));
        var token = issuer.Token(host.Clock.GetUtcNow());

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Call(host, token)));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body.GetGuid()).Distinct());
        Assert.Equal((1L, 1), (await host.Scalar<long>("select count(*) from accounts"), issuer.Asked));
    }

    [Fact]
    public async Task A_session_does_what_people_do_and_nothing_of_the_owners()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var host = await Start(issuer);
        var user = await KeyUser.Add(host);
        var token = ("Authorization", "Bearer " + issuer.Token(host.Clock.GetUtcNow()));

        Assert.Equal(403, (await user.Call("", HttpMethod.Get, "/v1/keys", headers: token)).Status);
        Assert.Equal(401, (await user.Call(user.Manager, HttpMethod.Get, "/v1/test/read", headers: token)).Status);
        Assert.Equal(401, (await user.Call("", HttpMethod.Get, "/v1/test/read", headers: [token, ("ACCOUNT-ID", Guid.NewGuid().ToString())])).Status);
        Assert.Equal(200, (await user.Call("", HttpMethod.Get, "/v1/test/optional", headers: token)).Status);
        await host.Execute("update accounts set status = 'suspended'");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(403, (await user.Call("", HttpMethod.Get, "/v1/test/read", headers: token)).Status);
    }

    [Fact]
    public async Task A_new_key_is_looked_for_once_in_a_while_and_the_last_ones_count_while_the_issuer_is_away()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var host = await Start(issuer);
        Assert.Equal((200, 1), ((await Call(host, issuer.Token(host.Clock.GetUtcNow()))).Status, issuer.Asked));

        issuer.KeyId = "k2";
        Assert.Equal((401, 1), ((await Call(host, issuer.Token(host.Clock.GetUtcNow()))).Status, issuer.Asked));
        host.Clock.Advance(IssuerKeys.AskEvery);
        Assert.Equal((200, 2), ((await Call(host, issuer.Token(host.Clock.GetUtcNow()))).Status, issuer.Asked));
        Assert.Equal((200, 2), ((await Call(host, issuer.Token(host.Clock.GetUtcNow()))).Status, issuer.Asked));
        // The former key is not among them any more.
        Assert.Equal(401, (await Call(host, issuer.Sign(Changed(issuer.Header(), "kid", "k1"), issuer.Claims(host.Clock.GetUtcNow())))).Status);

        issuer.Down = true;
        host.Clock.Advance(IssuerKeys.Stale - TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await Call(host, issuer.Token(host.Clock.GetUtcNow()))).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(503, (await Call(host, issuer.Token(host.Clock.GetUtcNow()))).Status);
        issuer.Down = false;
        host.Clock.Advance(IssuerKeys.AskEvery);
        Assert.Equal(200, (await Call(host, issuer.Token(host.Clock.GetUtcNow()))).Status);
    }

    [Fact]
    public async Task A_discovery_document_of_somebody_else_gives_no_keys()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var host = await Start(issuer);
        issuer.SaysItIs = "https://evil.example.org";
        Assert.Equal((503, 0), ((await Call(host, issuer.Token(host.Clock.GetUtcNow()))).Status, issuer.Asked));
        await using var direct = await Start(issuer, ("Auth:External:0:JwksUrl", issuer.Address + "/keys"));
        Assert.Equal((200, 1), ((await Call(direct, issuer.Token(direct.Clock.GetUtcNow()))).Status, issuer.Asked));
    }

    [Theory]
    [InlineData("http://issuer.example.org", "rpd", "", "Auth:External:0:Issuer")]
    [InlineData("ftp://127.0.0.1", "rpd", "", "Auth:External:0:Issuer")]
    [InlineData("https://issuer.example.org", "", "", "Auth:External:0:Audience")]
    [InlineData("https://issuer.example.org", "rpd", "http://keys.example.org", "Auth:External:0:JwksUrl")]
    public void A_wrong_setting_is_named(string address, string audience, string keys, string setting) =>
        Assert.StartsWith(setting, Assert.Single(ExternalIssuer.Wrong([new() { Issuer = address, Audience = audience, JwksUrl = keys }])), StringComparison.Ordinal);

    [Fact]
    public async Task Without_issuers_a_token_is_no_key()
    {
        await using var host = await AccountsHost.Start(postgres);
        Assert.Equal(401, (await Call(host, "eyJhbGciOiJub25lIn0.e30.x")).Status);
    }

    private Task<AccountsHost> Start(FakeIssuer issuer, params (string, string)[] more) => AccountsHost.Start(postgres,
        [("Auth:External:0:Issuer", issuer.Address), ("Auth:External:0:Audience", FakeIssuer.Audience), ("Auth:External:0:AuthorizedParties", "https://other.example.org, " + FakeIssuer.Party), .. more]);

    private static Dictionary<string, object> Changed(Dictionary<string, object> all, string name, object? value)
    {
        if (value is null) all.Remove(name);
        else all[name] = value;
        return all;
    }

    private static async Task<(int Status, JsonElement Body)> Call(AccountsHost host, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/test/read");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var answer = await host.Open().Http.SendAsync(request);
        return ((int)answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()));
    }
}
