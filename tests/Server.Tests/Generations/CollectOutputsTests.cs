using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Generations;
using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations;

public sealed class CollectOutputsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Outputs_that_are_collected_side_by_side_in_one_folder_keep_their_own_thumbnails()
    {
        var services = shared.App.Services;
        var (collect, probe) = (services.GetRequiredService<CollectOutputs>(), services.GetRequiredService<Probe>());
        using var media = new MediaFiles();
        var generation = Guid.CreateVersion7();
        // Each of a shape of its own, by which its thumbnails are known.
        var files = new List<string>();
        for (var ordinal = 0; ordinal < 6; ordinal++)
            files.Add(ordinal % 2 == 0 ? await media.Picture($"{ordinal}.png", 900, 300 + (ordinal * 100)) : await media.Film($"{ordinal}.mp4", $"testsrc=size=900x{300 + (ordinal * 100)}:duration=1"));

        var outputs = await Task.WhenAll(files.Select((path, ordinal) => collect.Run(generation, [new ProviderOutput(path)], CancellationToken.None, ordinal)));

        foreach (var output in outputs.SelectMany(one => one))
        {
            Assert.Equal([320, 640, 900], output.ThumbnailWidths);
            foreach (var width in output.ThumbnailWidths)
            {
                var facts = await probe.Read(Path.Combine(shared.App.DataFolder, "storage", Thumbnails.Key(output.StorageKey, width)), CancellationToken.None);
                var height = Thumbnails.HeightAt(width, 900, 300 + (output.Ordinal * 100));
                Assert.Equal(width, facts.Width);
                // Each is made of the larger one before it, and rounded again.
                Assert.InRange(facts.Height!.Value, height - 1, height + 1);
            }
        }
    }
}
