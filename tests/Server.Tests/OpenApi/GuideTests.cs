using System.Net;
using System.Text.RegularExpressions;
using Rpd.Server.Database;
using Rpd.Server.Tests.Files;
using Rpd.Server.Tests.Support;
using Rpd.Server.Tests.Webhooks;
using Rpd.Web.Docs;

namespace Rpd.Server.Tests.OpenApi;

/// <summary>The guide's samples, run in the order in which a reader comes to them. The reader puts in a key, an id and a picture.</summary>
public sealed partial class GuideTests(TestPostgres postgres)
{
    /// <summary>What a receiver adds to the sample that verifies: its own body, signature and secret.</summary>
    private static readonly Dictionary<string, string> Receivers = new()
    {
        ["curl"] = "",
        ["javascript"] = "import { readFileSync } from \"node:fs\";\nconsole.log(verified(readFileSync(\"body.json\"), process.env.SIGNATURE, process.env.WEBHOOK_SECRET));",
        ["python"] = "import os\nprint(verified(open(\"body.json\", \"rb\").read(), os.environ[\"SIGNATURE\"], os.environ[\"WEBHOOK_SECRET\"]))",
        ["csharp"] = "Console.WriteLine(Verified(File.ReadAllBytes(\"body.json\"), Environment.GetEnvironmentVariable(\"SIGNATURE\")!, Environment.GetEnvironmentVariable(\"WEBHOOK_SECRET\")!));",
    };

    [Theory]
    [InlineData("curl")]
    [InlineData("javascript")]
    [InlineData("python")]
    [InlineData("csharp")]
    public async Task The_guide_leads_from_the_first_call_to_a_verified_webhook(string language)
    {
        using var folder = new TestFolder();
        await using var receiver = await Webhooks.Receiver.Start();
        var port = LoopbackPort.Any();
        await using var app = await App.Scripted(postgres, [.. WebhookUser.Settings, ("PORT", port.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        app.UseKestrel(port);
        app.StartServer();
        var caller = await app.Caller(credits: 100);
        var (_, secret) = await caller.Webhook(receiver.Url(), "generation.completed");
        var (_, generation) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "A hill" });
        var known = generation.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(known);
        var message = (await receiver.Until(1))[0];
        await File.WriteAllBytesAsync(folder.Below("input.png"), Uploader.Dot);
        await File.WriteAllTextAsync(folder.Below("body.json"), message.Body);
        var samples = await Samples(caller, language);
        samples["start-verify"] += "\n" + Receivers[language];
        var names = samples.Keys.ToArray();
        await using var runner = await SampleRunner.Of(language, [.. names.Select(name => samples[name].Replace(CallCode.Key, caller.Key, StringComparison.Ordinal).Replace("your_generation_id", known.ToString(), StringComparison.Ordinal))],
            folder.Path, ("WEBHOOK_SECRET", secret), ("SIGNATURE", message.Legacy));

        var created = Guid.Parse(Id().Match(await Of("start-create")).Value);
        var waited = await Of("start-poll");
        var balance = await Of("start-balance");
        var list = await Of("start-list");
        var file = Guid.Parse(Id().Match(await Of("start-upload")).Value);
        var verified = await Of("start-verify");
        await File.AppendAllTextAsync(folder.Below("body.json"), " ");
        var changed = await Of("start-verify");

        Assert.Equal(["start-balance", "start-create", "start-list", "start-poll", "start-upload", "start-verify"], names.Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await caller.Get($"/v1/generations/{created}")).Status);
        Assert.Matches(language == "curl" ? "\"status\":\"completed\"" : $"http://localhost:{port}/", waited);
        Assert.Contains("balance", balance, StringComparison.Ordinal);
        Assert.Contains(known.ToString(), list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await caller.Get($"/v1/files/{file}")).Status);
        var right = language == "curl" ? message.Legacy : "true";
        Assert.Contains(right, verified, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(right, changed, StringComparison.OrdinalIgnoreCase);

        async Task<string> Of(string name)
        {
            var (exitCode, output) = await runner.Run(Array.IndexOf(names, name));
            Assert.True(exitCode == 0, $"{name}: {output}");
            return output;
        }
    }

    private static async Task<Dictionary<string, string>> Samples(Caller caller, string language)
    {
        var page = await caller.Http.GetStringAsync(new Uri("/docs", UriKind.Relative));
        return Block().Matches(page).Where(sample => sample.Groups[2].Value == language).ToDictionary(sample => sample.Groups[1].Value, sample => WebUtility.HtmlDecode(sample.Groups[3].Value));
    }

    [GeneratedRegex("""<pre id="(start-\w+)-(curl|javascript|python|csharp)"[^>]*><code>(.*?)</code>""", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
