using System.Diagnostics;

namespace Rpd.Server.Tests.Support;

/// <summary>Programs of others, run to their end. One that hangs is ended after some minutes and fails its own test, not the whole run.</summary>
internal static class ChildProcess
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <param name="input">A line for its standard input; null leaves that alone.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> Run(ProcessStartInfo start, string? input = null)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, input is not null);
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (input is not null)
            {
                await process.StandardInput.WriteLineAsync(input).WaitAsync(Patience);
                process.StandardInput.Close();
            }
            await Task.WhenAll(output, errors, process.WaitForExitAsync()).WaitAsync(Patience);
            return (process.ExitCode, await output, await errors);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} was not done within {Patience}.");
        }
    }
}
