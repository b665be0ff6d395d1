using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Rpd.Server.Tests.OpenApi;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.ApiKeys.External;

/// <summary>The judge: npm's oidc-provider, with its own keys, discovery document and tokens.</summary>
public sealed class OidcProviderTests(TestPostgres postgres)
{
    [Fact]
    public async Task Its_tokens_are_accepted_before_and_after_it_rotates_its_keys_and_not_those_for_others()
    {
        using var issuer = await Issuer.Start();
        await using var app = await App.Start(postgres, ("Auth:External:0:Issuer", issuer.Address), ("Auth:External:0:Audience", "urn:rpd:test"),
            ("Auth:External:0:AuthorizedParties", "https://app.example.org"));
        await using var forClient = await App.Start(postgres, ("Auth:External:0:Issuer", issuer.Address), ("Auth:External:0:Audience", "app"));
        var (access, id) = await issuer.Tokens("ada");

        Assert.Equal(HttpStatusCode.OK, await Balance(app, access));
        Assert.Equal(HttpStatusCode.Unauthorized, await Balance(app, id));
        Assert.Equal(HttpStatusCode.OK, await Balance(forClient, id));
        Assert.Equal(HttpStatusCode.Unauthorized, await Balance(forClient, access));

        await issuer.Rotate("ES256");
        var (later, _) = await issuer.Tokens("ada");
        // The new key is looked for as soon as the issuer may be asked again.
        var status = HttpStatusCode.Unauthorized;
        for (var waited = 0; status != HttpStatusCode.OK && waited < 30; waited++)
        {
            // Seldom enough for a stranger's limit, which refused tokens draw on.
            await Task.Delay(500);
            status = await Balance(app, later);
        }
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(HttpStatusCode.Unauthorized, await Balance(app, access));
        Assert.Equal(HttpStatusCode.OK, await Balance(app, (await issuer.Tokens("eve")).Access));
        Assert.Equal(2L, await app.Scalar<long>("select count(*) from accounts"));
    }

    private static async Task<HttpStatusCode> Balance(App app, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/credits/balance") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await app.CreateClient().SendAsync(request);
        return answer.StatusCode;
    }

    private sealed class Issuer : IDisposable
    {
        private readonly Process process;
        private readonly HttpClient http = new() { DefaultRequestHeaders = { Authorization = new("Basic", Convert.ToBase64String("app:app-secret"u8)) } };

        private Issuer(Process process, string address) => (this.process, Address) = (process, address);

        public string Address { get; }

        public static async Task<Issuer> Start()
        {
            var process = await Judges.Open("issuer.mjs");
            return new(process, await Line(process));
        }

        public async Task<(string Access, string Id)> Tokens(string user)
        {
            using var answer = await http.PostAsync(new Uri(Address + "/token"), new FormUrlEncodedContent([new("grant_type", "urn:test:user"), new("user", user)]));
            var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
            return (body.GetProperty("access_token").GetString()!, body.GetProperty("id_token").GetString()!);
        }

        public async Task Rotate(string alg)
        {
            await process.StandardInput.WriteLineAsync("rotate " + alg);
            await process.StandardInput.FlushAsync();
            Assert.Equal("done", await Line(process));
        }

        public void Dispose()
        {
            process.Kill();
            process.Dispose();
            http.Dispose();
        }

        private static async Task<string> Line(Process process) => await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException("The issuer has ended.");
    }
}
