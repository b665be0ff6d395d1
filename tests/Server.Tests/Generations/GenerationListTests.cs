using Rpd.Server.Generations;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations;

public sealed class GenerationListTests(TestPostgres postgres)
{
    [Fact]
    public async Task What_lies_behind_the_rows_of_one_look_is_found_by_the_next_pages()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        var old = new[] { await app.Work(caller.Account, "a quetzal", "private"), await app.Work(caller.Account, "two quetzals", "private") };
        await app.Execute("""
            insert into generations (id, account_id, face, type, provider, model, prompt, params, ignored_params, count, status, progress, visibility, credits_cost, version, created_at, completed_at, deadline_at, held, test, deadline_seconds)
            select ('ffffffff-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, 'native', 'text2image', 'studio', 'studio-sketch', 'a hill', '{}', '{}', 1, 'completed', 100, 'private', 1, 1, now(), now(), now(), false, false, 60
            from generate_series(1, $2) n
            """, caller.Account, GenerationQueries.LookedThrough + 10);

        var (_, first) = await caller.Get("/v1/generations?q=quetzal");
        Assert.Equal(0, first.GetProperty("data").GetArrayLength());
        Assert.True(first.GetProperty("pagination").GetProperty("hasMore").GetBoolean());
        Assert.Equal(old.Reverse(), await caller.AllIds("/v1/generations?q=quetzal"));
        Assert.Equal(old.Reverse(), await caller.AllIds("/v1/generations?q=quetzal&status=completed&visibility=private"));
        Assert.Empty(await caller.AllIds("/v1/generations?status=failed"));
    }
}
