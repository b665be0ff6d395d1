using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Outbound;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Outbound;

public sealed class OutboundHttpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] Hello = "{\"hello\":true}"u8.ToArray();

    [Fact]
    public async Task An_allowed_host_receives_exactly_what_was_posted_and_its_answer_is_cut_at_the_limit()
    {
        var heard = new ConcurrentQueue<string>();
        await using var server = await LocalServer.Start(async http =>
        {
            heard.Enqueue($"{http.Request.Headers["X-Mine"]} {http.Request.ContentType} {await new StreamReader(http.Request.Body).ReadToEndAsync()}");
            http.Response.StatusCode = 202;
            http.Response.Headers["X-Yours"] = "there";
            await http.Response.WriteAsync(new string('y', 5000));
        });
        using var outbound = Outbound(allowed: "127.0.0.1");

        var posted = await Post(outbound, server.Address("/hook"), ("X-Mine", "here"));

        Assert.Equal("here application/json {\"hello\":true}", heard.Single());
        Assert.Equal((202, 100, "there"), (posted.Answer!.Status, posted.Answer.Body.Length, posted.Answer.Header("x-yours")));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("https://localhost:{0}/")]
    [InlineData("https://inside.test:8443/")]
    [InlineData("https://mixed.test/")]
    [InlineData("https://mapped.test/")]
    [InlineData("http://public.test/")]
    [InlineData("https://public.test:22/")]
    [InlineData("https://name:word@public.test/")]
    public async Task What_is_not_allowed_is_never_connected(string address)
    {
        await using var server = await LocalServer.Start(_ => throw new InvalidOperationException("Nobody may come here."));
        using var outbound = Outbound(resolve: Names(("localhost", "127.0.0.1"), ("inside.test", "10.0.0.1"), ("mixed.test", "8.8.8.8 127.0.0.1"), ("mapped.test", "::ffff:192.168.0.1"), ("public.test", "8.8.8.8")));

        var posted = await Post(outbound, new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, server.Port)));

        Assert.Equal(OutboundFault.Refused, posted.Failure?.Fault);
        Assert.DoesNotContain("10.0.0.1", posted.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_that_was_judged_is_the_one_that_is_connected()
    {
        var reached = new ConcurrentQueue<IPAddress>();
        await using var server = await LocalServer.Start(http =>
        {
            reached.Enqueue(http.Connection.LocalIpAddress!.MapToIPv4());
            return Task.CompletedTask;
        });
        var asked = 0;
        using var outbound = Outbound(allowed: "127.0.0.2/32", resolve: (_, _) => Task.FromResult(new[] { IPAddress.Parse(Interlocked.Increment(ref asked) == 1 ? "127.0.0.2" : "127.0.0.1") }));

        var first = await Post(outbound, server.Address(host: "rebinding.test"));
        var again = await outbound.Download(server.Address(host: "rebinding.test"), Stream.Null, 1000, Patience, CancellationToken.None);

        Assert.Equal(200, first.Answer?.Status);
        Assert.Equal(OutboundFault.Refused, again.Failure?.Fault);
        Assert.Equal(["127.0.0.2"], reached.Select(address => address.ToString()));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_post_follows_no_redirect()
    {
        var visits = 0;
        await using var server = await LocalServer.Start(http =>
        {
            Interlocked.Increment(ref visits);
            http.Response.Redirect("/elsewhere", permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        });
        using var outbound = Outbound(allowed: "127.0.0.1");

        Assert.Equal(308, (await Post(outbound, server.Address())).Answer!.Status);
        Assert.Equal(1, visits);
    }

    [Fact]
    public async Task A_download_follows_redirects_and_says_where_it_ended()
    {
        await using var server = await LocalServer.Start(http => Hop(http, last: 5));
        using var outbound = Outbound(allowed: "127.0.0.1");
        var into = new MemoryStream();

        var downloaded = await outbound.Download(server.Address("/0"), into, 1000, Patience, CancellationToken.None);

        Assert.Equal((4, "text/plain", "/5"), (downloaded.Answer!.Bytes, downloaded.Answer.ContentType, downloaded.Answer.Address.AbsolutePath));
        Assert.Equal("done", Encoding.UTF8.GetString(into.ToArray()));
    }

    [Fact]
    public async Task A_download_follows_five_redirects_and_no_more()
    {
        await using var server = await LocalServer.Start(http => Hop(http, last: 6));
        using var outbound = Outbound(allowed: "127.0.0.1");

        Assert.Equal(OutboundFault.Failed, (await Download(outbound, server.Address("/0"))).Failure?.Fault);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/secret")]
    [InlineData("http://2130706433:{0}/secret")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/secret")]
    [InlineData("http://other.test:{0}/secret")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("file:///etc/passwd")]
    public async Task A_redirect_into_the_inside_is_refused(string to)
    {
        var secrets = 0;
        LocalServer? self = null;
        await using var server = await LocalServer.Start(http =>
        {
            if (http.Request.Path == "/secret") Interlocked.Increment(ref secrets);
            else http.Response.Redirect(string.Format(System.Globalization.CultureInfo.InvariantCulture, to, self!.Port));
            return Task.CompletedTask;
        });
        self = server;
        using var outbound = Outbound(allowed: "front.test", resolve: Names(("front.test", "127.0.0.1"), ("other.test", "127.0.0.1")));

        var downloaded = await Download(outbound, server.Address(host: "front.test"));

        Assert.Equal(OutboundFault.Refused, downloaded.Failure?.Fault);
        Assert.Equal(0, secrets);
    }

    [Fact]
    public async Task Bytes_that_drip_are_given_up_when_the_time_is_over()
    {
        await using var server = await LocalServer.Start(async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync("z", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await Task.Delay(20, http.RequestAborted);
            }
        });
        using var outbound = Outbound(allowed: "127.0.0.1");

        var downloaded = await outbound.Download(server.Address(), Stream.Null, 1_000_000, TimeSpan.FromMilliseconds(300), CancellationToken.None);
        var posted = await outbound.Post(server.Address(), [], Hello, "application/json", TimeSpan.FromMilliseconds(300), 10_000, CancellationToken.None);

        Assert.Equal(OutboundFault.TimedOut, downloaded.Failure?.Fault);
        Assert.Equal(OutboundFault.TimedOut, posted.Failure?.Fault);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_his_own_cancellation()
    {
        await using var server = await LocalServer.Start(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var outbound = Outbound(allowed: "127.0.0.1");
        using var cancel = new CancellationTokenSource(100);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outbound.Download(server.Address(), Stream.Null, 1000, Patience, cancel.Token));
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off_at_the_limit()
    {
        await using var server = await LocalServer.Start(async http =>
        {
            var zeros = new byte[64 * 1024];
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(zeros, http.RequestAborted);
        });
        using var outbound = Outbound(allowed: "127.0.0.1");
        var into = new MemoryStream();

        var downloaded = await outbound.Download(server.Address(), into, 200_000, Patience, CancellationToken.None);

        Assert.Equal(OutboundFault.TooLarge, downloaded.Failure?.Fault);
        Assert.InRange(into.Length, 0, 200_000);
    }

    [Fact]
    public async Task A_small_file_that_unpacks_to_a_large_one_is_a_large_one()
    {
        var bomb = new MemoryStream();
        await using (var zip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true)) await zip.WriteAsync(new byte[20_000_000]);
        Assert.InRange(bomb.Length, 1, 100_000);
        await using var server = await LocalServer.Start(async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await http.Response.Body.WriteAsync(bomb.ToArray());
        });
        using var outbound = Outbound(allowed: "127.0.0.1");
        var into = new MemoryStream();

        var downloaded = await outbound.Download(server.Address(), into, 1_000_000, Patience, CancellationToken.None);

        Assert.Equal(OutboundFault.TooLarge, downloaded.Failure?.Fault);
        Assert.InRange(into.Length, 0, 1_000_000);
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        await using var server = await LocalServer.Start(http =>
        {
            http.Response.Headers["X-Long"] = new string('x', 100_000);
            return Task.CompletedTask;
        });
        using var outbound = Outbound(allowed: "127.0.0.1");

        Assert.Equal(OutboundFault.TooLarge, (await Download(outbound, server.Address())).Failure?.Fault);
        Assert.Equal(OutboundFault.TooLarge, (await Post(outbound, server.Address())).Failure?.Fault);
    }

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        var cookies = new ConcurrentQueue<int>();
        await using var server = await LocalServer.Start(http =>
        {
            cookies.Enqueue(http.Request.Cookies.Count);
            http.Response.Cookies.Append("who", "you");
            return Task.CompletedTask;
        });
        using var outbound = Outbound(allowed: "127.0.0.1");

        await Post(outbound, server.Address());
        await Post(outbound, server.Address());

        Assert.Equal([0, 0], cookies);
    }

    [Fact]
    public async Task What_other_servers_do_wrong_is_told_as_a_reason()
    {
        await using var server = await LocalServer.Start(http =>
        {
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        using var outbound = Outbound(allowed: "127.0.0.1, nowhere.test", resolve: (_, _) => throw new SocketException((int)SocketError.HostNotFound));

        Assert.Equal(OutboundFault.Failed, (await Post(outbound, new Uri("http://127.0.0.1:1/"))).Failure?.Fault);
        Assert.Equal(OutboundFault.Unresolvable, (await Post(outbound, new Uri("http://nowhere.test/"))).Failure?.Fault);
        Assert.Equal(new OutboundFailure(OutboundFault.Failed, "The host answered 404."), (await Download(outbound, server.Address())).Failure);
        // TLS where the other side speaks none.
        Assert.Equal(OutboundFault.Failed, (await Post(outbound, new Uri($"https://127.0.0.1:{server.Port}/"))).Failure?.Fault);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_the_callers_own_trouble()
    {
        await using var server = await LocalServer.Start(http => http.Response.WriteAsync("hello"));
        using var outbound = Outbound(allowed: "127.0.0.1");

        await Assert.ThrowsAsync<NotSupportedException>(() => outbound.Download(server.Address(), new MemoryStream(new byte[3]), 1000, Patience, CancellationToken.None));
    }

    private static Task Hop(HttpContext http, int last)
    {
        var at = int.Parse(http.Request.Path.Value!.Trim('/'), System.Globalization.CultureInfo.InvariantCulture);
        if (at < last)
        {
            http.Response.Redirect($"{at + 1}");
            return Task.CompletedTask;
        }
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync("done");
    }

    private static Task<OutboundResult<Posted>> Post(OutboundHttp outbound, Uri address, params (string Name, string Value)[] headers) =>
        outbound.Post(address, headers.Select(header => KeyValuePair.Create(header.Name, header.Value)), Hello, "application/json", Patience, 100, CancellationToken.None);

    private static Task<OutboundResult<Downloaded>> Download(OutboundHttp outbound, Uri address) => outbound.Download(address, Stream.Null, 1000, Patience, CancellationToken.None);

    private static OutboundHttp Outbound(string allowed = "", ResolveName? resolve = null) =>
        new(new OutboundRules(new() { AllowedHosts = allowed }), resolve ?? Names());

    private static ResolveName Names(params (string Name, string Addresses)[] names) => (host, _) =>
        Task.FromResult(names.Where(name => name.Name == host).SelectMany(name => name.Addresses.Split(' ')).Select(IPAddress.Parse).ToArray());
}
