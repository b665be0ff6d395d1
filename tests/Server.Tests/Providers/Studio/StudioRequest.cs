using System.Text.Json;
using Rpd.Server.Providers;

namespace Rpd.Server.Tests.Providers.Studio;

/// <summary>A scratch folder and requests that work in it.</summary>
internal sealed class StudioRequest : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("studio-test-").FullName;

    public ProviderRequest For(string model, string prompt, object? parameters = null, int count = 1, Guid? id = null, string? negative = null) => new(
        id ?? Guid.Parse("00000000-0000-0000-0000-000000000007"), model == "studio-voice" ? "audio" : "text2image", model, prompt, negative,
        JsonSerializer.SerializeToElement(parameters ?? new { }).EnumerateObject().ToDictionary(p => p.Name, p => p.Value), count, Folder);

    /// <summary>A request of another type, in a fresh folder of its own below this one.</summary>
    public ProviderRequest Of(string type, string model, string prompt = "", object? parameters = null, string? image = null, string? video = null, string? audio = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, Guid.NewGuid().ToString("N"))).FullName;
        return For(model, prompt, parameters) with { Type = type, WorkFolder = folder, Inputs = new(image, video, audio) };
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>Reports in the order they were made; Progress&lt;T&gt; would post them to a pool.</summary>
internal sealed class Reports : IProgress<int>
{
    public List<int> Values { get; } = [];

    public void Report(int value) => Values.Add(value);
}
