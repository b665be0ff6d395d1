using System.Diagnostics;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Deployment;

/// <summary><c>scripts/prepare.sh</c> with a stand-in for <c>dotnet</c> that writes down how it was called.</summary>
public sealed class PrepareTests : IDisposable
{
    private readonly TestFolder root = new();

    [Fact]
    public async Task The_program_is_built_from_its_own_folder_by_nobody_who_keeps_the_lock()
    {
        await Program("dotnet", """
            case "$1" in
              --version) echo 10.0.100 ;;
              --list-sdks) echo "10.0.100 [somewhere]" ;;
              publish) { pwd -P; [ -e /proc/$$/fd/9 ] && echo locked || echo free; } > "$(dirname "$0")/published"; while [ "$1" != -o ]; do shift; done; mkdir "$2" ;;
            esac
            """);
        await Program("node", "echo v22.0.0");
        await Program("npm", "");
        Directory.CreateDirectory(root.Below("src"));
        foreach (var file in new[] { "global.json", "Directory.Build.props", "Directory.Packages.props" }) await File.WriteAllTextAsync(root.Below(file), "");

        var start = new ProcessStartInfo("bash", ["-c", "set -euo pipefail; source \"$0\"; published_app", Path.Combine(Source.Root, "scripts/prepare.sh")]) { WorkingDirectory = "/", RedirectStandardOutput = true };
        start.Environment["root"] = root.Path;
        start.Environment["PATH"] = $"{root.Below("bin")}:{start.Environment["PATH"]}";
        using var bash = Process.Start(start)!;
        var printed = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.Equal(0, bash.ExitCode);
        Assert.StartsWith(root.Below(".build/"), printed, StringComparison.Ordinal);
        Assert.Equal([root.Path, "free"], await File.ReadAllLinesAsync(root.Below("bin/published")));
    }

    public void Dispose() => root.Dispose();

    private async Task Program(string name, string text)
    {
        Directory.CreateDirectory(root.Below("bin"));
        var file = root.Below("bin/" + name);
        await File.WriteAllTextAsync(file, "#!/bin/sh\n" + text + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
