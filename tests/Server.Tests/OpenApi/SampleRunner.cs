using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.OpenApi;

/// <summary>
/// Runs the samples of one language by their number, as a reader would who has put them into a program of its own: one process for all of them,
/// because starting forty took longer than running them. It is told a number a line and ends each answer with <see cref="End"/> and an exit code.
/// </summary>
internal sealed partial class SampleRunner : IAsyncDisposable
{
    private const char End = '\0';
    private readonly Process process;
    private readonly TestFolder home;

    private SampleRunner(Process process, TestFolder home) => (this.process, this.home) = (process, home);

    /// <param name="folder">Where they run; here, when it is null.</param>
    /// <param name="variables">Of the environment.</param>
    public static async Task<SampleRunner> Of(string language, string[] samples, string? folder = null, params (string Name, string Value)[] variables)
    {
        var home = new TestFolder();
        var start = language == "csharp" ? await Compile(home, samples) : await Interpret(language, home, samples);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.WorkingDirectory) = (true, true, folder);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return new(Process.Start(start)!, home);
    }

    public async Task<(int ExitCode, string Output)> Run(int sample)
    {
        await process.StandardInput.WriteLineAsync(sample.ToString(CultureInfo.InvariantCulture)).WaitAsync(ChildProcess.Patience);
        await process.StandardInput.FlushAsync();
        var output = new StringBuilder();
        while (true)
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(ChildProcess.Patience) ?? throw new InvalidOperationException($"The samples ended: {output}");
            // What a sample prints may lack the end of its line.
            var end = line.IndexOf(End, StringComparison.Ordinal);
            output.AppendLine(end < 0 ? line : line[..end]);
            if (end >= 0) return (int.Parse(line[(end + 1)..], CultureInfo.InvariantCulture), output.ToString());
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        home.Dispose();
    }

    private static async Task<ProcessStartInfo> Interpret(string language, TestFolder home, string[] samples)
    {
        var (program, name, driver, ending) = language switch
        {
            "curl" => ("bash", "driver.sh", """
                while read -r number; do
                  bash "$(dirname "$0")/$number.sh" 2>&1 < /dev/null
                  printf '\0%d\n' $?
                done
                """, ".sh"),
            // A module is run once for each address.
            "javascript" => ("node", "driver.mjs", """
                import { createInterface } from "node:readline";
                let runs = 0;
                for await (const number of createInterface({ input: process.stdin })) {
                  let code = 0;
                  try {
                    await import(`./${number}.mjs?${runs++}`);
                  } catch (error) {
                    console.log(error);
                    code = 1;
                  }
                  console.log(`\0${code}`);
                }
                """, ".mjs"),
            _ => ("python3", "driver.py", """
                import os, runpy, sys, traceback
                for line in sys.stdin:
                    code = 0
                    try:
                        runpy.run_path(os.path.join(os.path.dirname(__file__), line.strip() + ".py"), run_name="__main__")
                    except BaseException:
                        traceback.print_exc(file=sys.stdout)
                        code = 1
                    print("\0%d" % code, flush=True)
                """, ".py"),
        };
        await File.WriteAllTextAsync(home.Below(name), driver);
        foreach (var (sample, i) in samples.Select((sample, i) => (sample, i)))
            await File.WriteAllTextAsync(home.Below(i.ToString(CultureInfo.InvariantCulture) + ending), sample);
        return new(program, [home.Below(name)]);
    }

    private static async Task<ProcessStartInfo> Compile(TestFolder home, string[] samples)
    {
        await File.WriteAllTextAsync(home.Below("Samples.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(home.Below("Program.cs"),
            string.Concat(samples.SelectMany(sample => Using().Matches(sample)).Select(line => line.Value).Distinct())
            + "while (Console.ReadLine() is { } number)\n{\nvar code = 0;\ntry\n{\nswitch (number)\n{\n"
            + string.Concat(samples.Select((_, i) => $"case \"{i}\": await Sample{i}(); break;\n"))
            + "}\n}\ncatch (Exception fault)\n{\nConsole.WriteLine(fault);\ncode = 1;\n}\nConsole.WriteLine(\"\\0\" + code);\n}\n"
            + string.Concat(samples.Select((sample, i) => $"static async Task Sample{i}()\n{{\n{Using().Replace(sample, "")}\n}}\n")));
        var build = new ProcessStartInfo("dotnet", ["build", home.Path, "-v", "quiet", "-nologo"]);
        build.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        var (exitCode, output, errors) = await ChildProcess.Run(build);
        Assert.True(exitCode == 0, output + errors);
        return new("dotnet", [home.Below("bin/Debug/net10.0/Samples.dll")]);
    }

    [GeneratedRegex(@"^using [A-Z][\w.]*;\n+", RegexOptions.Multiline)]
    private static partial Regex Using();
}
