using System.Diagnostics;
using System.Text.Json;

namespace Rpd.E2E.Support;

/// <summary>The real curl, as the documentation's examples use it.</summary>
public static class Curl
{
    public static async Task<JsonElement> Json(params string[] args) => JsonDocument.Parse(await Run(args)).RootElement;

    public static async Task<string> Run(params string[] args)
    {
        using var curl = Process.Start(new ProcessStartInfo("curl", ["-sS", .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await curl.StandardOutput.ReadToEndAsync();
        var errors = await curl.StandardError.ReadToEndAsync();
        await curl.WaitForExitAsync();
        return curl.ExitCode == 0 ? output : throw new InvalidOperationException(errors);
    }
}
