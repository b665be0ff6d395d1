using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rpd.Bench;

/// <summary>studio-sketch at 1024², one after the other, from processing to completed: painted, rasterised, thumbnails, stored. The limit: vips on an empty drawing.</summary>
internal static class SketchTime
{
    private static readonly string[] Prompts =
    [
        "A golden retriever running through a sunflower field, cinematic lighting", "Snowy mountains at sunrise above a lake", "A city at night in the rain, neon",
        "A red fox in a snowy forest", "Fish in a blue pond, watercolour", "A rocket in space with planets", "A castle on a hill under a starry night", "A tropical island with palm trees",
    ];

    public static async Task Run()
    {
        await using var server = await Installation.Start(("Jobs__SlowWorkers", "1"), ("Plans__business__GenerationsPerMinute", "1000"), ("Plans__business__GeneralPerMinute", "100000"));
        var user = JsonDocument.Parse(await server.Command("user", "add", "bench@example.org", "--password", "a few plain words", "--plan", "business", "--credits", "1000", "--with-key")).RootElement;
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
        http.DefaultRequestHeaders.Add("X-API-KEY", user.GetProperty("apiKey").GetString());
        var seconds = new List<double>();
        foreach (var prompt in Prompts.Prepend("warm up"))
        {
            using var answer = await http.PostAsJsonAsync("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt, @params = new { width = 1024, height = 1024, seed = 7 } });
            var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("id").GetString();
            var state = default(JsonElement);
            await Wait.Until(async () =>
            {
                state = (await http.GetFromJsonAsync<JsonElement>($"/v1/generations/{id}")).GetProperty("data");
                return state.GetProperty("status").GetString() is not ("queued" or "processing");
            }, TimeSpan.FromMilliseconds(50), $"\"{prompt}\"");
            var took = (state.GetProperty("completedAt").GetDateTimeOffset() - state.GetProperty("startedAt").GetDateTimeOffset()).TotalSeconds;
            if (prompt != "warm up") seconds.Add(took);
        }
        var empty = await Empty();
        var sorted = seconds.Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"studio-sketch 1024²: median {StartLatency.At(sorted, .5):F2} s, slowest {sorted[^1]:F2} s of {sorted.Length} prompts; vips on an empty drawing {empty:F2} s; ratio {StartLatency.At(sorted, .5) / empty:F1}"));
    }

    private static async Task<double> Empty()
    {
        var svg = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.svg");
        await File.WriteAllTextAsync(svg, """<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024"><rect width="1024" height="1024" fill="#888"/></svg>""");
        var begun = Stopwatch.GetTimestamp();
        await Installation.Run("vips", "flatten", svg, svg + ".png[compression=1,filter=sub,strip]");
        File.Delete(svg);
        File.Delete(svg + ".png");
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
