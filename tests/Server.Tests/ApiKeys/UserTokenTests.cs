using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.ApiKeys;
using Rpd.Server.ApiKeys.UserTokens;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.ApiKeys;

public sealed partial class UserTokenTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_token_made_on_the_page_is_shown_once_told_by_mail_and_does_what_people_do()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var made = await visitor.Post("/tokens", "/tokens", ("name", "<b>note</b>"));
        Assert.Equal((HttpStatusCode.SeeOther, "/tokens"), (made.StatusCode, made.Headers.Location?.ToString()));
        var page = await visitor.Read("/tokens");
        var token = Token().Match(page).Value;
        Assert.Equal(KeyFormat.UserToken, KeyFormat.PrefixOf(token));
        Assert.Contains("&lt;b&gt;note&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain(token, await visitor.Read("/tokens"), StringComparison.Ordinal);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from user_tokens t where t::text like '%' || $1 || '%'", token));
        await Letter(app, "/tokens");

        Assert.Equal(200, await Call(app, "/v1/credits/balance", token));
        Assert.Equal(200, await Call(app, "/v1/credits/balance", token, caller.Account.ToString()));
        Assert.Equal(401, await Call(app, "/v1/credits/balance", token, (await app.Caller()).Account.ToString()));
        Assert.Equal(401, await Call(app, "/v1/credits/balance", token, "somebody"));
        Assert.Equal(403, await Call(app, "/v1/keys", token));
        // A webhook, and the secret of webhooks, would outlive the hour.
        Assert.Equal(403, await Call(app, "/v1/webhooks/secret", token));
        Assert.Equal(400, await Call(app, $"/v1/credits/balance?q={token}", token));
        Assert.Equal(401, await Call(app, "/v1/credits/balance", token[..^1] + (token[^1] == 'x' ? 'y' : 'x')));
    }

    [Fact]
    public async Task Its_runs_are_booked_without_a_key_and_its_idempotency_keys_are_the_accounts()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var holder = await Holder(app, caller);

        var (status, first) = await holder.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"), "once");
        Assert.Equal(HttpStatusCode.Created, status);
        var (_, second) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"), "once");
        var id = first.GetProperty("data").GetProperty("id").GetGuid();
        Assert.Equal(id, second.GetProperty("data").GetProperty("id").GetGuid());
        await holder.Ended(id);

        Assert.Equal(1, await app.Scalar<long>("select count(*) from generations where api_key_id is null"));
        Assert.Equal(1, await app.Scalar<long>("select requests from usage_hours where account_id = $1 and api_key_id = '00000000-0000-0000-0000-000000000000'", caller.Account));
        await app.Services.GetRequiredService<KeyUses>().Write(CancellationToken.None);
        Assert.Equal(1, await app.Scalar<long>("select count(*) from user_tokens where last_used_at is not null and last_used_ip <> ''"));
    }

    [Fact]
    public async Task It_ends_after_an_hour_by_a_revocation_a_new_password_or_with_its_account()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres);
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var other = await PageVisitor.SignIn(app, (await app.Caller()).Account);
        var (revoked, all, hour, password, account) = (await Mint(app, caller), await Mint(app, caller), "", "", "");
        var id = await app.Scalar<Guid>("select id from user_tokens where last4 = $1", revoked[^4..]);
        Assert.Equal((200, 200), (await Call(app, "/v1/events", revoked), await Call(app, "/v1/events", all)));

        using var theirs = await other.Post("/tokens", $"/tokens/{id}/revoke");
        Assert.Equal((HttpStatusCode.NotFound, 200), (theirs.StatusCode, await Call(app, "/v1/events", revoked)));
        using var one = await visitor.Post("/tokens", $"/tokens/{id}/revoke");
        Assert.Equal((HttpStatusCode.SeeOther, 401, 200), (one.StatusCode, await Call(app, "/v1/events", revoked), await Call(app, "/v1/events", all)));
        using var others = await other.Post("/tokens", "/tokens/revoke-all");
        Assert.Equal(200, await Call(app, "/v1/events", all));
        using var every = await visitor.Post("/tokens", "/tokens/revoke-all");
        Assert.Equal(401, await Call(app, "/v1/events", all));

        hour = await Mint(app, caller);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, await Call(app, "/v1/events", hour));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(401, await Call(app, "/v1/events", hour));

        password = await Mint(app, caller);
        Assert.Equal(200, await Call(app, "/v1/events", password));
        await app.Execute("update accounts set security_stamp = 'another' where id = $1", caller.Account);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, await Call(app, "/v1/events", password));

        account = await Mint(app, caller);
        await app.Execute("update accounts set status = 'suspended' where id = $1", caller.Account);
        Assert.Equal(403, await Call(app, "/v1/events", account));
    }

    [Fact]
    public async Task Twenty_are_alive_at_most_however_many_ask_at_once_and_ended_ones_are_forgotten_after_a_week()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres);
        var caller = await app.Caller();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => TryMint(app, caller.Account, $"t{n}")));
        Assert.Equal(20, answers.Count(made => made));
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        using var refused = await visitor.Post("/tokens", "/tokens", ("name", "one more"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("value=\"one more\"", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await TryMint(app, caller.Account, "later"));

        var forget = app.Services.GetRequiredService<ForgetTokens>();
        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await forget.Run(CancellationToken.None));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((20, 1), (await forget.Run(CancellationToken.None), await app.Scalar<int>("select count(*)::int from user_tokens")));
    }

    [Fact]
    public async Task A_form_without_a_name_or_without_its_token_makes_nothing()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        using var nameless = await visitor.Post("/tokens", "/tokens", ("name", "  "));
        using var forged = await visitor.Send("/tokens", "/tokens", null);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest), (nameless.StatusCode, forged.StatusCode));
        Assert.Contains("Give the token a name.", await nameless.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from user_tokens"));
    }

    [Fact]
    public async Task Each_token_has_a_bucket_of_its_own_beside_the_accounts()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, ("Plans:business:GeneralPerMinute", "3"));
        var caller = await app.Caller();
        var holder = await Holder(app, caller);
        for (var call = 0; call < 3; call++) Assert.Equal(HttpStatusCode.OK, (await holder.Get("/v1/events")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await holder.Get("/v1/events")).Status);
    }

    [Fact]
    public async Task Whoever_reports_a_leaked_one_ends_it_and_its_owner_is_told()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        var token = await Mint(app, caller);
        using var reported = await app.CreateClient().PostAsync(new Uri("/v1/keys/report-leak", UriKind.Relative),
            new StringContent(JsonSerializer.Serialize(new { key = token }), System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Accepted, 401), (reported.StatusCode, await Call(app, "/v1/events", token)));
        await Letter(app, "/tokens");
    }

    internal static async Task<string> Mint(App app, Caller caller)
    {
        using var scope = app.Services.CreateScope();
        return (await scope.ServiceProvider.GetRequiredService<MintToken>().Run(caller.Account, "test", tell: false, CancellationToken.None)).Value!.Secret!;
    }

    private static async Task Letter(App app, string text)
    {
        var outbox = Path.Combine(app.DataFolder, "outbox");
        for (var tries = 0; tries < 400; tries++, await Task.Delay(50, TestContext.Current.CancellationToken))
            if (Directory.Exists(outbox) && Directory.GetFiles(outbox, "*.eml").Any(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal))) return;
        Assert.Fail("No letter has come.");
    }

    private static async Task<bool> TryMint(App app, Guid account, string name)
    {
        using var scope = app.Services.CreateScope();
        return !(await scope.ServiceProvider.GetRequiredService<MintToken>().Run(account, name, tell: false, CancellationToken.None)).Declined;
    }

    private static async Task<Caller> Holder(App app, Caller caller)
    {
        var token = await Mint(app, caller);
        var http = app.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return new(caller.Account, http, token);
    }

    private static async Task<int> Call(App app, string path, string token, string? account = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        if (account is not null) request.Headers.Add("ACCOUNT-ID", account);
        using var answer = await app.CreateClient().SendAsync(request);
        return (int)answer.StatusCode;
    }

    [GeneratedRegex("rpd_ut_[0-9A-Za-z]{32}_[0-9A-Za-z]{6}")]
    private static partial Regex Token();
}
