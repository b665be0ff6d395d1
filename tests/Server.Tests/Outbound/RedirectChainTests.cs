using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Rpd.Server.Outbound;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Outbound;

public sealed class RedirectChainTests
{
    [Fact]
    public async Task One_limit_of_time_counts_for_a_whole_chain_of_redirects()
    {
        var visits = 0;
        await using var server = await LocalServer.Start(async http =>
        {
            Interlocked.Increment(ref visits);
            await Task.Delay(500, http.RequestAborted);
            var at = int.Parse(http.Request.Path.Value!.Trim('/'), CultureInfo.InvariantCulture);
            if (at < OutboundHttp.RedirectsMax) http.Response.Redirect($"{at + 1}");
        });
        using var outbound = new OutboundHttp(new OutboundRules(new() { AllowedHosts = "127.0.0.1" }), (_, _) => Task.FromResult(Array.Empty<IPAddress>()));

        // Each host is quick enough, and all of them together need three seconds.
        var downloaded = await outbound.Download(server.Address("/0"), Stream.Null, 1000, TimeSpan.FromSeconds(2), CancellationToken.None);

        Assert.Equal(OutboundFault.TimedOut, downloaded.Failure?.Fault);
        Assert.InRange(visits, 2, OutboundHttp.RedirectsMax);
    }

    /// <summary>In a process of its own: whom its system trusts is read once, when it starts.</summary>
    [Fact]
    public async Task A_redirect_from_https_leads_on_to_https_and_never_to_http()
    {
        using var data = new TestFolder();
        using var certificate = Certificate();
        await File.WriteAllTextAsync(data.Below("trusted.pem"), certificate.ExportCertificatePem());
        var picture = await Picture();
        var visits = 0;
        await using var plain = await LocalServer.Start(http =>
        {
            Interlocked.Increment(ref visits);
            return http.Response.Body.WriteAsync(picture).AsTask();
        });
        await using var secure = await LocalServer.Start(http =>
        {
            if (http.Request.Path == "/picture") return http.Response.Body.WriteAsync(picture).AsTask();
            http.Response.Redirect(http.Request.Path == "/to-http" ? plain.Address("/picture").ToString() : "/picture");
            return Task.CompletedTask;
        }, certificate);
        var settings = new Dictionary<string, string> { ["SSL_CERT_FILE"] = data.Below("trusted.pem"), ["Outbound__AllowedHosts"] = "127.0.0.1", ["Accounts__PasswordIterations"] = "1000" };
        var (server, address) = await ServerProcess.Start(data.Path, settings);
        using var running = server;
        var (exit, output, errors) = await ServerProcess.Run(data.Path, "user", "add", "tls@example.org", "--password", "plain words to go out by", "--plan", "business", "--credits", "20", "--with-key");
        Assert.True(exit == 0, errors);
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Add("X-API-KEY", JsonDocument.Parse(output).RootElement.GetProperty("apiKey").GetString());

        var followed = await Made(client, secure.Address("/to-https"));
        var refused = await Made(client, secure.Address("/to-http"));

        Assert.True(followed.GetProperty("status").GetString() == "completed", followed.ToString());
        Assert.Equal(("failed", "inputImageUrl could not be fetched. The host redirects from https to http."), (refused.GetProperty("status").GetString(), refused.GetProperty("error").GetProperty("message").GetString()));
        Assert.Equal(0, visits);
    }

    private static async Task<byte[]> Picture()
    {
        using var media = new Media.MediaFiles();
        return await File.ReadAllBytesAsync(await media.Picture("a.png", 64, 48));
    }

    private static async Task<JsonElement> Made(HttpClient http, Uri picture)
    {
        using var started = await http.PostAsJsonAsync("/v1/generations", new { type = "image2image", provider = "studio", model = "studio-restyle", inputImageUrl = picture.ToString(), @params = new { style = "comic" } });
        Assert.True(started.StatusCode == HttpStatusCode.Created, await started.Content.ReadAsStringAsync());
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("id").GetString();
        for (var waited = 0; waited < 600; waited++)
        {
            var data = (await http.GetFromJsonAsync<JsonElement>($"/v1/generations/{id}")).GetProperty("data");
            if (data.GetProperty("status").GetString() is "completed" or "failed") return data;
            await Task.Delay(100);
        }
        throw new TimeoutException($"Generation {id} has not ended.");
    }

    /// <summary>Of this machine alone, and its own authority.</summary>
    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var wish = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        wish.CertificateExtensions.Add(names.Build());
        wish.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return wish.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
