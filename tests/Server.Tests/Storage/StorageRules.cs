using System.Security.Cryptography;
using Rpd.Server.Storage;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Storage;

/// <summary>What every storage promises.</summary>
public abstract class StorageRules
{
    private readonly string mine = $"test/{Guid.CreateVersion7():N}";

    protected abstract IStorage Storage { get; }

    [Fact]
    public async Task What_is_put_is_what_is_read_and_the_last_one_counts()
    {
        await Put("a.png", [1, 2, 3]);
        await Put("a.png", [4, 5]);

        Assert.Equal([4, 5], await Read("a.png"));
        Assert.Null(await Read("b.png"));
    }

    [Fact]
    public async Task Files_of_many_parts_and_of_none_come_back_whole()
    {
        var large = RandomNumberGenerator.GetBytes(20_000_001);
        await Put("large.mp4", large);
        await Put("exact.mp4", large[..(8 * 1024 * 1024)]);
        await Put("empty.bin", []);

        Assert.Equal(SHA256.HashData(large), SHA256.HashData((await Read("large.mp4"))!));
        Assert.Equal(SHA256.HashData(large.AsSpan(0, 8 * 1024 * 1024)), SHA256.HashData((await Read("exact.mp4"))!));
        Assert.Empty((await Read("empty.bin"))!);
    }

    [Fact]
    public async Task Reading_may_begin_and_go_on_anywhere()
    {
        await Put("a.bin", [.. Enumerable.Range(0, 200).Select(i => (byte)i)]);
        await using var stream = (await Storage.Open($"{mine}/a.bin", CancellationToken.None))!;
        var ten = new byte[10];

        Assert.Equal(200, stream.Length);
        foreach (var from in new[] { 0, 150, 20, 30, 190 })
        {
            stream.Seek(from, SeekOrigin.Begin);
            await stream.ReadExactlyAsync(ten);
            Assert.Equal(Enumerable.Range(from, 10).Select(i => (byte)i), ten);
        }
        Assert.Equal(0, await stream.ReadAsync(ten));
        Assert.Equal(195, stream.Seek(-5, SeekOrigin.End));
        Assert.Equal(5, await stream.ReadAtLeastAsync(ten, 10, throwOnEndOfStream: false));
    }

    [Fact]
    public async Task A_copy_is_not_touched_by_what_is_put_later()
    {
        await Put("incoming", [1, 2, 3]);

        var copied = await Storage.Copy($"{mine}/incoming", $"{mine}/kept.png", CancellationToken.None);
        await Put("incoming", [9]);
        var nothing = await Storage.Copy($"{mine}/nowhere", $"{mine}/nothing.png", CancellationToken.None);

        Assert.Equal((true, false), (copied, nothing));
        Assert.Equal([1, 2, 3], await Read("kept.png"));
        Assert.Null(await Read("nothing.png"));
    }

    [Fact]
    public async Task Deleting_takes_the_key_and_all_below_it_and_nothing_beside_it()
    {
        foreach (var name in new[] { "a/1.png", "a/b/2.png", "ab.png", "alone" }) await Put(name, [1]);

        foreach (var prefix in new[] { "a", "alone", "nowhere", "a" }) await Storage.DeleteAll($"{mine}/{prefix}", CancellationToken.None);

        Assert.Null(await Read("a/1.png"));
        Assert.Null(await Read("a/b/2.png"));
        Assert.Null(await Read("alone"));
        Assert.Equal([1], await Read("ab.png"));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(17_000_000)]
    public async Task A_body_that_breaks_off_leaves_what_was_there(int after)
    {
        await Put("a.mp4", [7]);

        await Assert.ThrowsAsync<IOException>(() => Storage.Put($"{mine}/a.mp4", new Broken(after), CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(() => Storage.Put($"{mine}/new.mp4", new Broken(after), CancellationToken.None));

        Assert.Equal([7], await Read("a.mp4"));
        Assert.Null(await Read("new.mp4"));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("A")]
    [InlineData("a/.hidden")]
    [InlineData("")]
    public async Task What_is_no_key_is_refused_everywhere(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.Put(key, new MemoryStream([1]), CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.Open(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.Copy(key, "a", CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.DeleteAll(key, CancellationToken.None));
    }

    private Task Put(string name, byte[] bytes) => Storage.Put($"{mine}/{name}", new MemoryStream(bytes), CancellationToken.None);

    private async Task<byte[]?> Read(string name)
    {
        await using var stream = await Storage.Open($"{mine}/{name}", CancellationToken.None);
        if (stream is null) return null;
        var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    private sealed class Broken(int after) : MemoryStream(new byte[after])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("It broke off.");

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("It broke off.");
    }
}

public sealed class DiskStorageTests : StorageRules, IDisposable
{
    private readonly TestFolder folder = new();
    private readonly DiskStorage disk;

    public DiskStorageTests() => disk = new(folder.Path);

    protected override IStorage Storage => disk;

    [Fact]
    public async Task Drafts_of_writers_that_died_are_cleared_and_those_of_the_living_are_not()
    {
        await disk.Put("a", new MemoryStream([1]), CancellationToken.None);
        var drafts = folder.Below(".drafts");
        foreach (var name in new[] { "old.part", "young.part", "written.part" }) await File.WriteAllBytesAsync(Path.Combine(drafts, name), [1]);
        foreach (var name in new[] { "old.part", "written.part" }) File.SetLastWriteTimeUtc(Path.Combine(drafts, name), DateTime.UtcNow.AddMinutes(-5));
        await using var writer = new FileStream(Path.Combine(drafts, "written.part"), FileMode.Open, FileAccess.Write, FileShare.None);

        Assert.Equal(1, disk.ClearDrafts());
        Assert.Equal(["written.part", "young.part"], Directory.EnumerateFiles(drafts).Select(Path.GetFileName).Order());
    }

    public void Dispose() => folder.Dispose();
}

public sealed class S3StorageTests(S3Server server) : StorageRules, IClassFixture<S3Server>, IDisposable
{
    private readonly Server.Storage.S3.S3Storage bucket = new(server.Options, Microsoft.Extensions.Logging.Abstractions.NullLogger<Server.Storage.S3.S3Storage>.Instance);

    protected override IStorage Storage => bucket;

    [Fact]
    public async Task A_write_address_takes_its_own_type_and_length_for_a_while_and_nothing_else()
    {
        using var http = new HttpClient();
        Uri Address(TimeSpan life) => bucket.WriteAddress("test/direct/incoming", "image/png", 3, life)!;
        var address = Address(TimeSpan.FromMinutes(5));

        Assert.Equal(403, await Put(address, [1, 2, 3, 4], "image/png"));
        Assert.Equal(403, await Put(address, [1, 2], "image/png"));
        Assert.Equal(403, await Put(address, [1, 2, 3], "text/html"));
        Assert.Equal(403, await Put(new(address.AbsoluteUri.Replace("/direct/", "/other/", StringComparison.Ordinal)), [1, 2, 3], "image/png"));
        Assert.Equal(403, (int)(await http.GetAsync(address)).StatusCode);
        Assert.Equal(403, await Put(new(address.AbsoluteUri.Replace("X-Amz-Expires=", "X-Amz-Expires=9", StringComparison.Ordinal)), [1, 2, 3], "image/png"));
        var brief = Address(TimeSpan.FromSeconds(1));
        for (var waited = 0; await Put(brief, [1, 2, 3], "image/png") != 403; waited++)
        {
            Assert.True(waited < 50, "An address that has ended still works.");
            await Task.Delay(100);
        }
        await bucket.DeleteAll("test/direct", CancellationToken.None);
        Assert.Null(await bucket.Open("test/direct/incoming", CancellationToken.None));
        Assert.Equal(200, await Put(address, [1, 2, 3], "image/png"));
        Assert.Equal(3, (await bucket.Open("test/direct/incoming", CancellationToken.None))!.Length);

        async Task<int> Put(Uri to, byte[] bytes, string type)
        {
            using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new(type) } };
            using var answer = await http.PutAsync(to, content);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_read_address_shows_the_file_as_we_say()
    {
        using var http = new HttpClient();
        await bucket.Put("test/read/a.png", new MemoryStream([1, 2, 3, 4]), CancellationToken.None);
        var headers = new StoredHeaders("image/png", "attachment; filename=a.png", "private, max-age=60");

        using var whole = await http.GetAsync(bucket.ReadAddress("test/read/a.png", "GET", headers, TimeSpan.FromMinutes(1)));
        using var head = await http.SendAsync(new(HttpMethod.Head, bucket.ReadAddress("test/read/a.png", "HEAD", headers, TimeSpan.FromMinutes(1))));
        using var part = await http.SendAsync(new(HttpMethod.Get, bucket.ReadAddress("test/read/a.png", "GET", headers, TimeSpan.FromMinutes(1))) { Headers = { Range = new(1, 2) } });

        Assert.Equal([1, 2, 3, 4], await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/png", "attachment; filename=a.png"), (whole.Content.Headers.ContentType!.ToString(), whole.Content.Headers.ContentDisposition!.ToString()));
        Assert.Equal(200, (int)head.StatusCode);
        Assert.Equal([2, 3], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(server.Address.GetLeftPart(UriPartial.Authority), bucket.Origin);
    }

    public void Dispose() => bucket.Dispose();
}
