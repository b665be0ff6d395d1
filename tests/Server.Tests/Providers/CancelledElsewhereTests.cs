using System.Collections.Concurrent;
using System.Net;
using Rpd.Server.Providers;
using Rpd.Server.Tests.Files;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Providers;

/// <summary>Work that goes on at a vendor's when its owner wants it no more.</summary>
public sealed class CancelledElsewhereTests(TestPostgres postgres)
{
    [Fact]
    public async Task What_was_cancelled_while_it_went_on_elsewhere_stays_so_and_costs_nothing()
    {
        await using var app = await App.Start(postgres);
        var live = await app.Caller(credits: 0);
        var test = await app.TestCaller(live);
        var slow = await Started(live, new { type = "text2image", provider = "sandbox", model = "sandbox-slow", prompt = "a hill", @params = new { delay = 6, width = 64, height = 64 } });
        var called = await Started(live, new { type = "text2image", provider = "sandbox", model = "sandbox-duplicate-callback", prompt = "a hill", @params = new { delay = 6, width = 64, height = 64 } });
        var paid = await Started(test, new { type = "text2video", provider = "kling", model = "kling-3.0", prompt = "a dog sandbox:slow", @params = new { duration = 5 } });
        await Until(async () => await app.Scalar<long>("select count(*) from generations where upstream_id is not null") == 3);
        Assert.Equal(990, await test.Balance());

        foreach (var (caller, id) in new[] { (live, slow), (live, called), (test, paid) })
            Assert.Equal(HttpStatusCode.OK, (await caller.Delete($"/v1/generations/{id}")).Status);
        Assert.Equal(1000, await test.Balance());
        // Until those would have been ready, and the vendor has called twice about one of them.
        await Task.Delay(TimeSpan.FromSeconds(7), TestContext.Current.CancellationToken);
        await NoMoreJobs(app);

        foreach (var (caller, id) in new[] { (live, slow), (live, called), (test, paid) })
            Assert.Equal("cancelled", (await caller.Ended(id)).GetProperty("status").GetString());
        Assert.Equal(1000, await test.Balance());
        Assert.Equal(0, await app.Scalar<long>("select count(*) from outputs"));
        Assert.Equal(0, await app.Scalar<long>("select sum(active + held)::bigint from generation_slots"));
        Assert.Empty(Stored(app));
        await Sound(app);
    }

    [Fact]
    public async Task An_output_that_arrives_after_the_cancellation_is_thrown_away()
    {
        var vendor = new Vendor();
        await using var app = await App.Scripted(postgres, vendor);
        var caller = await app.Caller(credits: 100);
        var wish = new { type = "text2video", provider = "kling", model = "kling-3.0", prompt = "a dog", @params = new { duration = 5 } };
        var (kept, unwanted) = (await Started(caller, wish), await Started(caller, wish));
        await Until(() => Task.FromResult(vendor.Asked.Contains(kept) && vendor.Asked.Contains(unwanted)));
        Assert.Equal(80, await caller.Balance());

        Assert.Equal(HttpStatusCode.OK, (await caller.Delete($"/v1/generations/{unwanted}")).Status);
        vendor.Deliver();
        Assert.Equal("completed", (await caller.Ended(kept)).GetProperty("status").GetString());
        await NoMoreJobs(app);

        Assert.Equal("cancelled", (await caller.Ended(unwanted)).GetProperty("status").GetString());
        Assert.Equal(90, await caller.Balance());
        Assert.Equal(kept, await app.Scalar<Guid>("select generation_id from outputs"));
        Assert.Equal(1, await app.Scalar<long>("select count(*) from outputs"));
        Assert.All(Stored(app), file => Assert.Contains(kept.ToString("N"), file, StringComparison.Ordinal));
        Assert.NotEmpty(Stored(app));
        await Sound(app);
    }

    private static async Task<Guid> Started(Caller caller, object body)
    {
        var (status, created) = await caller.Post("/v1/generations", body);
        Assert.True(status == HttpStatusCode.Created, created.ToString());
        return created.GetProperty("data").GetProperty("id").GetGuid();
    }

    private static string[] Stored(App app)
    {
        var outputs = Path.Combine(app.DataFolder, "storage", "outputs");
        return Directory.Exists(outputs) ? Directory.GetFiles(outputs, "*", SearchOption.AllDirectories) : [];
    }

    private static Task NoMoreJobs(App app) => Until(async () => await app.Scalar<long>("select count(*) from jobs where kind like 'generation.%'") == 0);

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var waited = 0; !await done(); waited++)
        {
            Assert.True(waited < 300, "It did not happen.");
            await Task.Delay(100);
        }
    }

    /// <summary>Takes everything, and delivers all of it when the test says so, whether it is still wanted or not.</summary>
    private sealed class Vendor : ICollectingProvider
    {
        private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentBag<Guid> Asked { get; } = [];

        public string Name => "kling";

        public string? Unavailable(string model) => null;

        public Task<ProviderResult> Submit(ProviderRequest request, IProgress<int> progress, CancellationToken cancel) =>
            Task.FromResult<ProviderResult>(new ProviderResult.Pending("run", TimeSpan.FromMilliseconds(50)));

        public async Task<ProviderResult> Collect(string upstreamId, ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
        {
            Asked.Add(request.GenerationId);
            await ready.Task;
            var path = Path.Combine(request.WorkFolder, "0.png");
            await File.WriteAllBytesAsync(path, Uploader.Dot, CancellationToken.None);
            return new ProviderResult.Finished([new(path)]);
        }

        public void Deliver() => ready.TrySetResult();
    }
}
