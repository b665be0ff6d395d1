using System.Diagnostics;
using System.Globalization;
using Rpd.Server.Storage.S3;

namespace Rpd.Server.Tests.Support;

/// <summary>A real S3 server (tests/S3Server) in a process of its own, which checks every signature.</summary>
public sealed class S3Server : IAsyncLifetime
{
    public const string Bucket = "rpd";

    private readonly TestFolder folder = new();
    private Process? process;

    public Uri Address { get; private set; } = new("http://localhost");

    public S3Options Options => new() { Bucket = Bucket, ServiceUrl = Address.ToString(), AccessKey = "S3RVER", SecretKey = "S3RVER" };

    public (string, string)[] Settings =>
    [
        ("Storage:S3:Bucket", Bucket), ("Storage:S3:ServiceUrl", Address.ToString()), ("Storage:S3:AccessKey", "S3RVER"), ("Storage:S3:SecretKey", "S3RVER"),
    ];

    public async ValueTask InitializeAsync()
    {
        var home = Path.Combine(Source.Root, "tests", "S3Server");
        if (!Directory.Exists(Path.Combine(home, "node_modules"))) throw new InvalidOperationException("The S3 server is not installed: npm ci --ignore-scripts --prefix tests/S3Server (./test does it).");
        process = Process.Start(new ProcessStartInfo("node", ["server.js", folder.Path, Bucket]) { WorkingDirectory = home, RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? throw new InvalidOperationException("The S3 server ended at once.");
        Address = new($"http://127.0.0.1:{int.Parse(line, CultureInfo.InvariantCulture)}");
    }

    /// <summary>Keys that are there, whatever a test made.</summary>
    public IReadOnlyList<string> Keys(string prefix)
    {
        var root = Path.Combine(folder.Path, Bucket);
        const string end = "._S3rver_object";
        return [.. Directory.EnumerateFiles(root, "*" + end, SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)[..^end.Length]).Where(key => key.StartsWith(prefix, StringComparison.Ordinal))];
    }

    public ValueTask DisposeAsync()
    {
        process?.Kill();
        process?.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
