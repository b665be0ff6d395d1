using System.Diagnostics;
using Rpd.Server.Media;
using Rpd.Server.Tests.Support;
using Xunit;

namespace Rpd.Server.Tests.Media;

public sealed class ToolTests
{
    private static readonly Tool Shell = new("sh", "dash");

    [Fact]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        var result = await new Tool("printf", "coreutils").Run(["%s|", "a b", "$(id)", "\"; ls", "*"], ToolOptions.Within(5), TestContext.Current.CancellationToken);
        Assert.Equal((0, "a b|$(id)|\"; ls|*|"), (result.ExitCode, result.Text));
    }

    [Fact]
    public async Task Input_goes_in_and_both_outputs_come_back_with_the_exit_code()
    {
        var result = await Run("cat; echo oops >&2; exit 3", ToolOptions.Within(5) with { Input = "grüße" });
        Assert.Equal((3, "grüße", "oops\n"), (result.ExitCode, result.Text, result.Error));
    }

    [Fact]
    public async Task Endless_output_is_cut_and_the_child_is_not_blocked_by_it()
    {
        var result = await Run("head -c 5000000 /dev/zero; head -c 5000000 /dev/zero >&2", ToolOptions.Within(20));
        Assert.Equal((0, Tool.OutputBytesMax, Tool.OutputBytesMax), (result.ExitCode, result.Out.Length, result.Error.Length));
    }

    [Fact]
    public async Task A_child_that_reads_no_input_is_no_error() =>
        Assert.Equal(0, (await Run("exit 0", ToolOptions.Within(5) with { Input = new string('x', 1_000_000) })).ExitCode);

    [Fact]
    public async Task Time_is_up_for_the_child_and_for_its_children()
    {
        var mark = "41.73" + Random.Shared.Next(1000, 9999);
        var since = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<TimeoutException>(() => Run($"sleep {mark} & sleep {mark}", ToolOptions.Within(1)));
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(10));
        Assert.True(await Gone(mark), "A child still sleeps.");
    }

    [Fact]
    public async Task Bytes_may_be_written_and_read_while_it_runs()
    {
        var back = new MemoryStream();
        var options = ToolOptions.Within(20) with
        {
            Write = async (pipe, stop) => { for (byte i = 0; i < 40; i++) await pipe.WriteAsync(Enumerable.Repeat(i, 50_000).ToArray(), stop); },
            Read = (stream, stop) => stream.CopyToAsync(back, stop),
        };
        var result = await Run("cat", options);
        Assert.Equal((0, 0, 2_000_000, 39), (result.ExitCode, result.Out.Length, (int)back.Length, back.ToArray()[^1]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_feeds_or_reads_it_may_fail_and_the_child_does_not_outlive_that(bool feeds)
    {
        var mark = "42.61" + Random.Shared.Next(1000, 9999);
        Func<Stream, CancellationToken, Task> fails = (_, _) => throw new InvalidDataException("no");
        await Assert.ThrowsAsync<InvalidDataException>(() => Run($"sleep {mark}", ToolOptions.Within(20) with { Write = feeds ? fails : null, Read = feeds ? null : fails }));
        Assert.True(await Gone(mark), "A child still sleeps.");
    }

    /// <summary>A busy machine takes a moment to end what was killed; the sleeps themselves are ten times as long.</summary>
    private static async Task<bool> Gone(string mark)
    {
        for (var tries = 0; tries < 80; tries++)
        {
            if (!Process.GetProcessesByName("sleep").Any(process => Leftovers.CommandLine(process).Contains(mark, StringComparison.Ordinal))) return true;
            await Task.Delay(50);
        }
        return false;
    }

    [Fact]
    public async Task Memory_has_a_limit_where_the_system_can_hold_one()
    {
        var result = await Run("ulimit -v", ToolOptions.Within(5) with { MemoryBytesMax = 1L << 30 });
        Assert.Equal(new Tool("prlimit", "util-linux").Present ? "1048576\n" : "unlimited\n", result.Text);
    }

    [Fact]
    public async Task A_missing_program_names_its_package()
    {
        var tool = new Tool("no-such-program", "some-package");
        Assert.False(tool.Present);
        Assert.False(tool.Recheck());
        var missing = await Assert.ThrowsAsync<ToolMissing>(() => tool.Run([], ToolOptions.Within(1), TestContext.Current.CancellationToken));
        Assert.Equal("no-such-program is missing: install the package some-package.", missing.Message);
    }

    private static Task<ToolResult> Run(string script, ToolOptions options) => Shell.Run(["-c", script], options, TestContext.Current.CancellationToken);
}
