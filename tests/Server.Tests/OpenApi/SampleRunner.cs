using System.Diagnostics;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.OpenApi;

/// <summary>Runs the samples of one language by their number, as a reader would who has put them into a program of its own.</summary>
internal static partial class SampleRunner
{
    /// <param name="folder">Where they run; here, when it is null.</param>
    /// <param name="variables">Of the environment.</param>
    public static async Task<Func<int, Task<(int ExitCode, string Output)>>> Of(string language, string[] samples, string? folder = null, params (string Name, string Value)[] variables)
    {
        if (language == "csharp")
        {
            var program = await Compile(samples);
            return i => Run("dotnet", program, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        return i => language switch
        {
            "curl" => Run("bash", "-c", samples[i]),
            "javascript" => Run("node", "--input-type=module", "-e", samples[i]),
            _ => Run("python3", "-c", samples[i]),
        };

        Task<(int ExitCode, string Output)> Run(string program, params string[] args) => Start(new(program, args) { WorkingDirectory = folder }, variables);
    }

    // One program for all: a compiler each would take a minute.
    private static async Task<string> Compile(string[] samples)
    {
        var folder = Directory.CreateTempSubdirectory("samples").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Samples.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"),
            string.Concat(samples.SelectMany(sample => Using().Matches(sample)).Select(line => line.Value).Distinct())
            + "switch (args[0])\n{\n" + string.Concat(samples.Select((_, i) => $"case \"{i}\": await Sample{i}(); break;\n")) + "}\n"
            + string.Concat(samples.Select((sample, i) => $"static async Task Sample{i}()\n{{\n{Using().Replace(sample, "")}\n}}\n")));
        var (exitCode, output) = await Start(new("dotnet", ["build", folder, "-v", "quiet", "-nologo"]), []);
        Assert.True(exitCode == 0, output);
        return Path.Combine(folder, "bin/Debug/net10.0/Samples.dll");
    }

    private static async Task<(int ExitCode, string Output)> Start(ProcessStartInfo start, (string Name, string Value)[] variables)
    {
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        foreach (var (name, value) in variables) start.Environment[name] = value;
        var (exitCode, output, errors) = await ChildProcess.Run(start);
        return (exitCode, output + errors);
    }

    [GeneratedRegex(@"^using [A-Z][\w.]*;\n+", RegexOptions.Multiline)]
    private static partial Regex Using();
}
