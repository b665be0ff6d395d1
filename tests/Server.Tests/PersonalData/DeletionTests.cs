using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rpd.Server.Credits;
using Rpd.Server.Gallery;
using Rpd.Server.PersonalData;
using Rpd.Server.Storage;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.PersonalData;

public sealed class DeletionTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Password = "a quiet river bends";

    /// <summary>Every column that names an account, as <c>table.column</c>.</summary>
    internal const string NamingSql = """
        select array_agg(table_name || '.' || column_name order by 1) from information_schema.columns where table_schema = 'public' and udt_name = 'uuid'
          and (column_name in ('account_id', 'user_id', 'referrer_id', 'follower_id', 'followee_id', 'owner_id', 'sender_id') or table_name || '.' || column_name = 'accounts.id')
        """;

    [Fact]
    public async Task Every_column_that_names_an_account_has_its_place_in_what_a_deletion_does()
    {
        var app = shared.App;
        var said = AccountRows.Deleted.Select(rows => $"{rows.Table}.{rows.Column}").Concat(AccountRows.Otherwise.Keys);

        Assert.Equal((await app.Scalar<string[]>(NamingSql)).Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Leaving_closes_everything_at_once_and_the_letter_or_the_password_opens_it_again()
    {
        await using var app = await App.Scripted(postgres);
        var (caller, other) = (await app.Caller(), await app.Caller());
        var work = await app.Work(caller.Account);
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var handle = await Handle(app, caller);

        using var wrong = await visitor.Post("/settings/data", "/settings/data/leave", ("handle", "somebody"), ("password", "a guess"));
        var page = await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 3), (wrong.StatusCode, page.Split("aria-invalid=\"true\"").Length));
        Assert.Contains("value=\"somebody\"", page, StringComparison.Ordinal);
        Assert.Contains("1,000 credits are lost", page, StringComparison.Ordinal);

        using var left = await visitor.Post("/settings/data", "/settings/data/leave", ("handle", handle), ("password", Password));
        Assert.Equal((HttpStatusCode.SeeOther, "/leaving/begun"), (left.StatusCode, left.Headers.Location?.ToString()));
        Assert.Contains("14 days", await visitor.Read("/leaving/begun"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.Get("/settings")).StatusCode);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.Get("/v1/credits/balance")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/v1/explore/{work}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/v1/social/profile/@{handle}")).Status);

        // The right password leads to the question, and signs nobody in.
        var email = await app.Scalar<string>("select email from accounts where id = $1", caller.Account);
        using var asked = await visitor.Post("/sign-in", "/sign-in", ("email", email), ("password", Password));
        var question = asked.Headers.Location!.ToString();
        Assert.StartsWith("/leaving?account=", question, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.Get("/settings")).StatusCode);
        using var guessed = await visitor.Post("/sign-in", "/sign-in", ("email", email), ("password", "a guess"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, guessed.StatusCode);
        Assert.Contains("Keep my account", await visitor.Read(question), StringComparison.Ordinal);
        Assert.Equal("leaving", await Status(app, caller));

        var token = System.Web.HttpUtility.ParseQueryString(question.Split('?')[1])["token"]!;
        using var forged = await visitor.Post("/sign-in", "/leaving/keep", ("account", other.Account.ToString()), ("token", token));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forged.StatusCode);
        using var kept = await visitor.Post(question, "/leaving/keep", ("account", caller.Account.ToString()), ("token", token));
        Assert.Equal((HttpStatusCode.SeeOther, "/leaving/kept"), (kept.StatusCode, kept.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await other.Get($"/v1/explore/{work}")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.Get(question)).StatusCode);
        Assert.Equal(0, await app.Services.GetRequiredService<DeleteDueAccounts>().Run(CancellationToken.None));
    }

    [Fact]
    public async Task When_the_time_is_over_everything_personal_is_gone_and_the_books_and_counters_are_right()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres);
        var (caller, other) = (await app.Caller(), await app.Caller());
        var (_, created) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(id);
        await caller.Patch($"/v1/generations/{id}", new { visibility = "public" });
        var theirs = await app.Work(other.Account, likes: 0);
        await app.Execute("update generations set credits_cost = 0 where id = $1", theirs);
        await caller.Post($"/v1/explore/{theirs}/like", new { });
        await caller.Post($"/v1/social/follow/{other.Account}", new { });
        await other.Post($"/v1/social/follow/{caller.Account}", new { });
        await other.Post($"/v1/explore/{id}/like", new { });
        await caller.Post("/v1/collections", new { name = "mine" });
        await caller.Post("/v1/webhooks", new { url = "https://example.org/hook", events = new[] { "generation.completed" } });
        await caller.Post($"/v1/explore/{theirs}/report", new { reason = "other", details = "my words" });
        await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("hang on"));
        var name = await app.Scalar<string>("select display_name from accounts where id = $1", caller.Account);
        await Leave(app, caller);
        var delete = app.Services.GetRequiredService<DeleteDueAccounts>();

        clock.Advance(TimeSpan.FromDays(13.9));
        Assert.Equal(0, await delete.Run(CancellationToken.None));
        Assert.Equal("leaving", await Status(app, caller));
        clock.Advance(TimeSpan.FromDays(0.2));

        // A crash in the middle, and again from the start.
        await app.Execute("""
            create function crash() returns trigger language plpgsql as $$ begin raise exception 'the power is gone'; end $$;
            """);
        await app.Execute("create trigger crash before delete on collections for each row execute function crash()");
        await Assert.ThrowsAsync<AggregateException>(() => delete.Run(CancellationToken.None));
        Assert.Equal("leaving", await Status(app, caller));
        await app.Execute("drop trigger crash on collections");
        Assert.Equal(1, await delete.Run(CancellationToken.None));
        Assert.Equal(0, await delete.Run(CancellationToken.None));

        Assert.Equal("deleted", await Status(app, caller));
        foreach (var (table, column) in AccountRows.Deleted)
            Assert.Equal((table, 0L), (table, await app.Scalar<long>($"select count(*) from {table} where {column} = $1", caller.Account)));
        Assert.Equal(0, await app.Scalar<long>("select (select count(*) from generations where account_id = $1) + (select count(*) from publications where account_id = $1) + (select count(*) from likes where account_id = $1)"
            + " + (select count(*) from follows where $1 in (follower_id, followee_id)) + (select count(*) from reports where details is not null) + (select count(*) from notifications where actors = array[$1])", caller.Account));
        Assert.Equal(0, await app.Scalar<int>("select like_count from publications where generation_id = $1", theirs));
        Assert.Equal(0, await app.Scalar<int>("select follower_count from profiles where account_id = $1", other.Account));
        Assert.Equal(new RecountReport(0, 0), await new Recount(app.Database).Run(CancellationToken.None));
        Assert.Matches("^Deleted account\\|gone_[0-9a-f]{20}$", await app.Scalar<string>("select display_name || '|' || handle from accounts where id = $1", caller.Account));
        Assert.DoesNotContain("example.org", await app.Scalar<string>("select a::text from accounts a where id = $1", caller.Account), StringComparison.Ordinal);
        Assert.Equal("Tester", name);
        Assert.Equal(0, await app.Scalar<long>("select promo + allowance + purchased + reserved from credit_balances where account_id = $1", caller.Account));
        var report = await app.Services.GetRequiredService<CheckLedger>().Run(CancellationToken.None);
        Assert.True(report.Sound, string.Join('\n', report.Faults));
        for (var waited = 0; ; waited++)
        {
            await using var left = await app.Services.GetRequiredService<IStorage>().Open(Rpd.Server.Generations.CollectOutputs.Folder(id) + "/0.png", CancellationToken.None);
            if (left is null) break;
            Assert.True(waited < 200, "The file is still there.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task After_its_time_an_account_cannot_be_kept_even_if_nobody_has_deleted_it_yet()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres);
        var caller = await app.Caller();
        await Leave(app, caller);
        var email = await app.Scalar<string>("select email from accounts where id = $1", caller.Account);
        var visitor = new PageVisitor(app.CreateClient(new() { AllowAutoRedirect = false }));
        using var asked = await visitor.Post("/sign-in", "/sign-in", ("email", email), ("password", Password));
        var question = asked.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get(question)).StatusCode);

        clock.Advance(TimeSpan.FromDays(14));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.Get(question)).StatusCode);
        using var late = await visitor.Post("/sign-in", "/sign-in", ("email", email), ("password", Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var app = shared.App;
        var (one, two) = (await app.Caller(), await app.Caller());
        await app.Execute("update accounts set role = 'admin' where id in ($1, $2)", one.Account, two.Account);

        var answers = await Task.WhenAll(Leave(app, one), Leave(app, two));

        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.UnprocessableEntity], answers.Order());
        Assert.Equal(1, await app.Scalar<long>("select count(*) from accounts where role = 'admin' and status = 'active'"));
    }

    private static async Task<HttpStatusCode> Leave(App app, Caller caller)
    {
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        using var left = await visitor.Post("/settings/data", "/settings/data/leave", ("handle", await Handle(app, caller)), ("password", Password));
        return left.StatusCode;
    }

    private static Task<string> Handle(App app, Caller caller) => app.Scalar<string>("select handle from accounts where id = $1", caller.Account);

    private static Task<string> Status(App app, Caller caller) => app.Scalar<string>("select status from accounts where id = $1", caller.Account);
}
