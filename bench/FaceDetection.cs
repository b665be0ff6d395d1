using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rpd.Bench;

/// <summary>
/// Faces in a picture of one megapixel over HTTP, warm: one after the other, and eight at a time with what the server and its children use of the processors
/// meanwhile. The peer is an OpenCV process that is started for each picture.
/// </summary>
internal static class FaceDetection
{
    private const int Alone = 40, AtOnce = 8, EachAtOnce = 12, Bare = 8;

    public static async Task Run()
    {
        var picture = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jpg");
        await Installation.Run("vips", "resize", Path.Combine(Installation.Root, "tests/Server.Tests/Recognition/Pictures/astronaut.png"), picture, "2");
        try
        {
            await using var server = await Installation.Start(("Plans__business__GeneralPerMinute", "1000000"));
            var user = JsonDocument.Parse(await server.Command("user", "add", "bench@example.org", "--password", "a few plain words", "--plan", "business", "--credits", "100000", "--with-key")).RootElement;
            using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
            http.DefaultRequestHeaders.Add("apikey", user.GetProperty("apiKey").GetString());
            var file = await File.ReadAllBytesAsync(picture);
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Ask(http, file)));

            var alone = new double[Alone];
            for (var turn = 0; turn < Alone; turn++) alone[turn] = await Ask(http, file);
            var (share, perSecond) = await Together(server, http, file);
            var bare = new double[Bare];
            for (var turn = 0; turn < Bare; turn++) bare[turn] = await Cold(picture);

            var sorted = alone.Order().ToArray();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"faces in 1 MP, warm: p50 {StartLatency.At(sorted, .5):F0} ms, p95 {StartLatency.At(sorted, .95):F0} ms; {AtOnce} at a time: {perSecond:F1}/s with {share:P0} of {Environment.ProcessorCount} processors busy with it; a process for each picture {bare.Order().ElementAt(Bare / 2):F0} ms; ratio {bare.Order().ElementAt(Bare / 2) / StartLatency.At(sorted, .5):F1}"));
        }
        finally
        {
            File.Delete(picture);
        }
    }

    private static async Task<double> Ask(HttpClient http, byte[] file)
    {
        using var form = new MultipartFormDataContent { { new StringContent("json"), "mode" }, { new ByteArrayContent(file), "file", "picture.jpg" } };
        var begun = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsync("/raypackfacev3", form);
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return found.GetProperty("totalfaces").GetInt32() == 1 ? took : throw new InvalidOperationException($"There is one face: {found}");
    }

    private static async Task<(double Share, double PerSecond)> Together(Installation server, HttpClient http, byte[] file)
    {
        var (begun, before) = (Stopwatch.GetTimestamp(), server.ProcessorSeconds());
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (var turn = 0; turn < EachAtOnce; turn++) await Ask(http, file);
        }));
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return ((server.ProcessorSeconds() - before) / seconds / Environment.ProcessorCount, AtOnce * EachAtOnce / seconds);
    }

    private static async Task<double> Cold(string picture)
    {
        const string script = """
            import cv2, sys
            cv2.setNumThreads(1)
            grey = cv2.imread(sys.argv[1], cv2.IMREAD_GRAYSCALE)
            grey = cv2.resize(grey, (576, 576), interpolation=cv2.INTER_AREA)
            faces = cv2.CascadeClassifier("/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml").detectMultiScale(grey, 1.15, 5, minSize=(28, 28))
            sys.exit(0 if len(faces) == 1 else 1)
            """;
        var begun = Stopwatch.GetTimestamp();
        await Installation.Run("/usr/bin/python3", "-c", script, picture);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
