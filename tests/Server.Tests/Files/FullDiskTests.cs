using System.Diagnostics;
using System.Net;
using Rpd.Server.Storage;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Files;

public sealed class FullDiskTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_full_disk_says_so_keeps_nothing_of_the_upload_and_loses_nothing_else()
    {
        await using var app = await App.Scripted(postgres);
        var storage = Path.Combine(app.DataFolder, "storage");
        Directory.CreateDirectory(storage);
        if (!await Ran("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", storage)) Assert.Skip("A small file system cannot be mounted here.");
        try
        {
            var me = await Uploader.Of(app);
            var before = await me.Upload(Uploader.Dot);
            var upload = await me.Ask();

            var (full, said) = await me.Put(upload, new byte[3_000_000]);
            var (small, _) = await me.Put(upload, Uploader.Dot);
            var (confirmed, _) = await me.Confirm(upload);
            using var kept = await app.CreateClient().GetAsync(new Uri(new Uri(before.GetProperty("url").GetString()!).PathAndQuery, UriKind.Relative));

            Assert.Equal(HttpStatusCode.InsufficientStorage, full);
            Assert.Contains("STORAGE_FULL", said, StringComparison.Ordinal);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (small, confirmed));
            Assert.Equal(Uploader.Dot, await kept.Content.ReadAsByteArrayAsync());
            Assert.DoesNotContain(me.Stored(), file => file.StartsWith(".drafts", StringComparison.Ordinal));
        }
        finally
        {
            Assert.True(await Ran("umount", "--lazy", storage));
        }
    }

    [Theory]
    [InlineData(28)]
    [InlineData(122)]
    public void No_space_and_no_quota_are_a_full_disk(int errno) => Assert.True(DiskFull.Is(new IOException("", errno)));

    private static async Task<bool> Ran(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
