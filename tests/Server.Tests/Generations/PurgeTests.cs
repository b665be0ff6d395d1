using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Generations;
using Rpd.Server.Storage;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Generations;

public sealed class PurgeTests(TestPostgres postgres)
{
    [Fact]
    public async Task Purging_erases_row_outputs_publication_and_files_and_leaves_the_books()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(credits: 10);
        var (_, created) = await caller.Post("/v1/generations", Sketch("a hill"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(id);
        await caller.Patch($"/v1/generations/{id}", new { visibility = "public" });
        var storage = app.Services.GetRequiredService<IStorage>();
        var key = CollectOutputs.Folder(id) + "/0.png";
        await using (var there = await storage.Open(key, CancellationToken.None)) Assert.NotNull(there);

        Assert.Equal(HttpStatusCode.NotFound, (await (await app.Caller()).Delete($"/v1/generations/{id}?purge=true")).Status);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => caller.Delete($"/v1/generations/{id}?purge=true")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(4, answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Get($"/v1/generations/{id}")).Status);
        Assert.Equal(0, await app.Scalar<long>("select (select count(*) from outputs) + (select count(*) from publications) + (select count(*) from generations)"));
        for (var waited = 0; ; waited++)
        {
            await using var left = await storage.Open(key, CancellationToken.None);
            if (left is null) break;
            Assert.True(waited < 200, "The file is still there.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.Equal(9, await caller.Balance());
        await Sound(app);
    }

    [Fact]
    public async Task What_is_not_finished_is_not_purged()
    {
        await using var app = await App.Scripted(postgres, ("Jobs:SlowWorkers", "0"));
        var caller = await app.Caller(credits: 10);
        var (_, created) = await caller.Post("/v1/generations", Sketch("a hill"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();

        Assert.Equal(HttpStatusCode.Conflict, (await caller.Delete($"/v1/generations/{id}?purge=true")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Delete($"/v1/generations/{id}?purge=perhaps")).Status);
        Assert.Equal(HttpStatusCode.OK, (await caller.Delete($"/v1/generations/{id}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await caller.Delete($"/v1/generations/{id}?purge=true")).Status);
        Assert.Equal(10, await caller.Balance());
        await Sound(app);
    }
}
