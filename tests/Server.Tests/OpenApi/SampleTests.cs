using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Tests.Support;
using Rpd.Web.Docs;

namespace Rpd.Server.Tests.OpenApi;

/// <summary>Every sample of every endpoint, as it stands on the page, run against a server. A reader would put in address, key and id; nothing else is changed here.</summary>
public sealed partial class SampleTests(TestPostgres postgres)
{
    [Theory]
    [InlineData("curl")]
    [InlineData("javascript")]
    [InlineData("python")]
    [InlineData("csharp")]
    public async Task Every_sample_runs_and_is_answered_as_documented(string language)
    {
        var answers = new ConcurrentQueue<int>();
        await using var world = await World.Serve(postgres, new Watch(answers));
        // What deletes comes last.
        var operations = world.Contract.Operations.OrderBy(operation => operation.Method == "DELETE").ToArray();
        var samples = await Samples(world, language);
        Assert.Empty(operations.Select(operation => operation.Id).Except(samples.Keys));
        await using var runner = await SampleRunner.Of(language, [.. operations.Select(operation => PutIn(samples[operation.Id], operation, world))]);

        var faults = new List<string>();
        foreach (var (operation, i) in operations.Select((operation, i) => (operation, i)))
        {
            answers.Clear();
            var (exitCode, output) = await runner.Run(i);
            // The sample ends as one that was refused.
            if (operation.NeedsOthers && exitCode != 0 && answers.SequenceEqual([503]) && world.Contract.Codes(operation).Contains("PROVIDER_UNAVAILABLE")) continue;
            if (exitCode != 0 || !answers.SequenceEqual([operation.Success])) faults.Add($"{operation} exits with {exitCode}, answered {string.Join(",", answers)}: {output}");
        }

        Assert.Empty(faults);
    }

    private static async Task<Dictionary<string, string>> Samples(World world, string language)
    {
        var samples = new Dictionary<string, string>();
        foreach (var chapter in world.Contract.Document["tags"]!.AsArray().Select(tag => tag!["name"]!.ToString()))
        {
            var page = await world.Caller.Http.GetStringAsync(new Uri("/docs/" + chapter, UriKind.Relative));
            foreach (Match sample in Block().Matches(page))
                if (sample.Groups[2].Value == language) samples.Add(sample.Groups[1].Value, WebUtility.HtmlDecode(sample.Groups[3].Value));
        }
        return samples;
    }

    private static string PutIn(string sample, Operation operation, World world)
    {
        var documented = world.Contract.Document["servers"]![0]!["url"]!.ToString();
        var path = world.Contract.Parameters(operation, "path").Aggregate(operation.Path, (sofar, parameter) => sofar.Replace($"{{{parameter["name"]}}}", Uri.EscapeDataString(parameter["example"]!.ToString()), StringComparison.Ordinal));
        return sample.Replace(documented + path, world.Address + world.PathOf(operation), StringComparison.Ordinal).Replace(CallCode.Key, world.Caller.Key, StringComparison.Ordinal);
    }

    [GeneratedRegex("""<pre id="(\w+)-(curl|javascript|python|csharp)"[^>]*><code>(.*?)</code>""", RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>Notes with which status each call was answered.</summary>
    private sealed class Watch(ConcurrentQueue<int> answers) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                // Before the sample has its answer: afterwards it may have ended already.
                http.Response.OnStarting(() =>
                {
                    answers.Enqueue(http.Response.StatusCode);
                    return Task.CompletedTask;
                });
                return rest(http);
            });
            next(app);
        };
    }
}
