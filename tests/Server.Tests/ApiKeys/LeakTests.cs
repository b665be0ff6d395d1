using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rpd.Server.ApiKeys;
using Rpd.Server.Tests.Accounts;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.ApiKeys;

public sealed class LeakTests(TestPostgres postgres)
{
    [Fact]
    public async Task Whoever_sends_a_key_ends_it_and_its_owner_gets_a_letter_once()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var (key, other) = (await user.Reader(), await user.Reader());
        Assert.Equal(200, await user.Status(key.Secret));

        var first = await Report(user, new { key = key.Secret, url = "https://example.org/paste\r\nBcc: all" });
        var again = await Report(user, new { key = key.Secret });
        var unknown = await Report(user, new { key = KeyFormat.New(KeyFormat.Native).Reveal() });

        Assert.Equal((202, first.Body.ToString(), first.Body.ToString()), (first.Status, again.Body.ToString(), unknown.Body.ToString()));
        Assert.Equal((401, 200), (await user.Status(key.Secret), await user.Status(other.Secret)));
        var letter = Assert.Single(await host.Letters("ada@example.org"));
        Assert.Contains("reader", letter, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Secret, letter, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nBcc:", letter, StringComparison.Ordinal);
        Assert.Equal(1L, await host.Scalar<long>("select count(*) from events where name = 'key.leaked'"));
        Assert.DoesNotContain(host.Logs.All, line => line.Contains(key.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_former_secret_ends_alone()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var key = await user.Reader();
        var rotated = (await user.Call(user.Manager, HttpMethod.Post, $"/v1/keys/{key.Id}/rotate", new { graceDays = 7 })).Body.GetProperty("data").GetProperty("secret").GetString()!;
        Assert.Equal((200, 200), (await user.Status(key.Secret), await user.Status(rotated)));

        await Report(user, new { key = key.Secret });

        Assert.Equal((401, 200), (await user.Status(key.Secret), await user.Status(rotated)));
    }

    [Fact]
    public async Task Reports_at_once_end_it_once()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var key = await user.Reader();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Report(user, new { key = key.Secret })));
        Assert.Single(await host.Letters("ada@example.org"));
    }

    [Fact]
    public async Task What_is_no_key_is_refused_and_a_network_has_few_reports()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        foreach (var body in new object[] { new { }, new { key = 5 }, new { key = "hello" }, new { key = user.Manager[..^1] } })
            Assert.Equal(400, (await Report(user, body)).Status);
        for (var i = 0; i < 26; i++) Assert.Equal(202, (await Report(user, new { key = KeyFormat.New(KeyFormat.Native).Reveal() })).Status);
        Assert.Equal(429, (await Report(user, new { key = user.Manager })).Status);
        Assert.Equal(200, await user.Status(user.Manager));
    }

    [Fact]
    public async Task A_signed_report_of_GitHub_ends_keys_and_says_which_were_real()
    {
        using var github = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var host = await AccountsHost.Start(postgres, ("LeakedKeys:GitHubKeyId", "k1"), ("LeakedKeys:GitHubPublicKey", github.ExportSubjectPublicKeyInfoPem()));
        var user = await KeyUser.Add(host);
        var (key, untouched) = (await user.Reader(), await user.Reader());
        string Body(string token) => JsonSerializer.Serialize(new[] { new { token, type = "rpd_api_key", url = "https://github.com/a/b/blob/c/d", source = "content" }, new { token = "rpd_sk_nonsense", type = "rpd_api_key", url = "", source = "commit" } });
        string Sign(string body) => Convert.ToBase64String(github.SignData(Encoding.UTF8.GetBytes(body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

        var forged = Body(untouched.Secret);
        foreach (var (id, signature) in new[] { ("k1", Sign(forged + " ")), ("k2", Sign(forged)), ("k1", "@@"), ("k1", Convert.ToBase64String(new byte[200])) })
            Assert.Equal(401, (await Post(host, forged, id, signature)).Status);
        Assert.Equal(200, await user.Status(untouched.Secret));

        var (status, labels) = await Post(host, Body(key.Secret), "k1", Sign(Body(key.Secret)));
        Assert.Equal((200, "true_positive", "false_positive"), (status, labels[0].GetProperty("label").GetString(), labels[1].GetProperty("label").GetString()));
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(key.Secret))), labels[0].GetProperty("token_hash").GetString());
        Assert.Equal(401, await user.Status(key.Secret));
        Assert.Contains("https://github.com/a/b", Assert.Single(await host.Letters("ada@example.org")), StringComparison.Ordinal);
        Assert.Equal(400, (await Post(host, "{}", "k1", Sign("{}"))).Status);

        await using var without = await AccountsHost.Start(postgres);
        Assert.Equal(401, (await Post(without, forged, "k1", Sign(forged))).Status);
    }

    private static Task<(int Status, JsonElement Body)> Report(KeyUser user, object body) => user.Call("", HttpMethod.Post, "/v1/keys/report-leak", body);

    private static async Task<(int Status, JsonElement Body)> Post(AccountsHost host, string body, string keyId, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/keys/report-leak") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Github-Public-Key-Identifier", keyId);
        request.Headers.TryAddWithoutValidation("Github-Public-Key-Signature", signature);
        using var answer = await host.Open().Http.SendAsync(request);
        return ((int)answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()));
    }
}
