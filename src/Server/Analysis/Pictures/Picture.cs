using Rpd.Server.Media;

namespace Rpd.Server.Analysis.Pictures;

/// <summary>A picture as everybody here gets it: upright, in sRGB with 8 bits, without transparency, as JPEG. It lies in a folder that goes with it.</summary>
public sealed record Picture(string Path, WorkFolder? Folder = null) : IDisposable
{
    public string ContentType => "image/jpeg";

    public string Base64() => Convert.ToBase64String(File.ReadAllBytes(Path));

    public void Dispose() => Folder?.Dispose();
}
