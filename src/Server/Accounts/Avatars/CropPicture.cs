using System.Globalization;
using Rpd.Server.Media;

namespace Rpd.Server.Accounts.Avatars;

/// <summary>
/// Squares of a picture from its middle, as WebP without what the camera wrote into it. Of what moves the first frame. As many at a time as there are
/// processors, for a small file can unfold to much work.
/// </summary>
public sealed class CropPicture(Probe probe, Tools tools) : IDisposable
{
    private readonly SemaphoreSlim hands = new(Environment.ProcessorCount);

    /// <param name="declared">What the sender says it is; null when they say nothing that we know.</param>
    /// <param name="sides">In pixels, the largest first.</param>
    /// <exception cref="MediaRefused">It is no picture, not the one that was declared, too large or damaged.</exception>
    public async Task<IReadOnlyList<(int Side, string Path)>> Run(string path, string? declared, string folder, int[] sides, CancellationToken cancel)
    {
        await hands.WaitAsync(cancel);
        try
        {
            var facts = await probe.Read(path, cancel);
            if (!facts.IsImage) throw new MediaRefused("Choose a picture: PNG, JPEG, WebP or GIF.");
            if (declared is not null && MediaTypes.Canonical(declared) is var said && said != facts.ContentType)
                throw new MediaRefused($"The file says that it is {said ?? "no picture"}, but it is {facts.ContentType}.");
            var cut = new List<(int, string)>();
            var from = path;
            foreach (var side in sides)
            {
                var target = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{side}.webp"));
                var result = await tools.VipsThumbnail.Run(
                    [from, "--size", $"{side}x{side}", "--smartcrop", "centre", "--rotate", "-o", target + "[Q=85,strip]"], Probe.Guarded(30), cancel);
                if (result.ExitCode != 0) throw new MediaRefused("The picture could not be decoded.");
                cut.Add((side, target));
                from = target;
            }
            return cut;
        }
        finally
        {
            hands.Release();
        }
    }

    public void Dispose() => hands.Dispose();
}
