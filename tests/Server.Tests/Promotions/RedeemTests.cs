using System.Net;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Promotions;

public sealed partial class RedeemTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private App App => shared.App;

    [Fact]
    public async Task Codes_are_shown_once_and_redeemed_on_the_page_and_by_the_api()
    {
        var (admin, codes) = await Made(("codes", "3"), ("credits", "25"), ("bucket", "purchased"), ("days", "30"));
        var somebody = await App.Caller(credits: 10);
        var visitor = await PageVisitor.SignIn(App, somebody.Account);

        Assert.Contains(codes[0], await visitor.Read($"/redeem/{codes[0]}"), StringComparison.Ordinal);
        var redeemed = await visitor.Post("/redeem", "/redeem", ("code", codes[0].ToLowerInvariant().Replace('-', ' ')));
        Assert.Equal("/credits", redeemed.Headers.Location?.ToString());
        Assert.Contains("Your code was good for 25 credits.", await visitor.Read("/credits"), StringComparison.Ordinal);
        var (status, body) = await somebody.Post("/v1/credits/redeem", new { code = codes[1] });

        Assert.Equal((HttpStatusCode.OK, 25, "purchased", 60), (status, Number(body, "credits"), body.GetProperty("data").GetProperty("bucket").GetString(), Number(body, "balance")));
        Assert.Equal(60, await App.Scalar<long>("select purchased from credit_balances where account_id = $1", somebody.Account));
        Assert.Equal(2, await App.Scalar<long>("select count(*) from credit_entries e join redeem_codes c on e.key = 'code:' || c.id || ':' || e.account_id where e.account_id = $1", somebody.Account));
        Assert.Contains("2 of 3 uses", await admin.Read("/admin/codes"), StringComparison.Ordinal);
        Assert.DoesNotContain(codes[2], await admin.Read("/admin/codes"), StringComparison.Ordinal);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from redeem_codes c where to_jsonb(c)::text like '%' || $1 || '%'", codes[2][..9]));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from audit_entries where action = 'codes.batch' and after ->> 'note' = $1", Note));
    }

    [Fact]
    public async Task The_page_that_shows_the_codes_gives_them_as_a_table_and_nobody_else_has_what_that_takes()
    {
        var admin = await Admin();
        await Make(admin, ("codes", "2"), ("credits", "5"), ("usesPerCode", "7"));
        var page = await admin.Read("/admin/codes");
        var (batch, seed) = (CsvForm().Match(page).Groups[1].Value, Seed().Match(page).Groups[1].Value);

        var table = await admin.Post("/admin/codes", $"/admin/codes/{batch}/csv", ("seed", seed));

        var lines = (await table.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split("\r\n");
        Assert.Equal(["code,credits,uses,expires", .. Shown(page).Select(code => $"{code},5,7,")], lines);
        foreach (var wrong in new[] { "", "00", new string('0', 32), seed[..31] + (seed[31] == '0' ? '1' : '0') })
            Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/admin/codes", $"/admin/codes/{batch}/csv", ("seed", wrong))).StatusCode);
    }

    [Fact]
    public async Task Each_reason_why_a_code_is_not_taken_is_said()
    {
        var (admin, codes) = await Made(("codes", "4"), ("credits", "5"));
        var (first, second) = (await App.Caller(credits: 0), await App.Caller(credits: 0));
        await first.Post("/v1/credits/redeem", new { code = codes[0] });
        await App.Execute("update code_batches set uses_per_code = 2 where note = $1", Note);
        Assert.Equal((HttpStatusCode.Conflict, "You have used this code already."), await Refused(first, codes[0]));
        await second.Post("/v1/credits/redeem", new { code = codes[0] });
        Assert.Equal((HttpStatusCode.Conflict, "This code is used up."), await Refused(await App.Caller(credits: 0), codes[0]));
        Assert.Equal(HttpStatusCode.NotFound, (await Refused(first, "AAAA-BBBB-CCCC")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Refused(first, "no code")).Status);

        await App.Execute("update code_batches set expires_at = now() where note = $1", Note);
        Assert.Equal((HttpStatusCode.Conflict, "This code has expired."), await Refused(first, codes[1]));
        var batch = await App.Scalar<Guid>("update code_batches set expires_at = null where note = $1 returning id", Note);
        await admin.Post("/admin/codes", $"/admin/codes/{batch}/revoke");
        Assert.Equal((HttpStatusCode.Conflict, "This code was revoked."), await Refused(first, codes[1]));
        Assert.Equal(5, await first.Balance());

        var visitor = await PageVisitor.SignIn(App, first.Account);
        var again = await visitor.Post("/redeem", "/redeem", ("code", codes[1]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("This code was revoked.", await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_ten_accounts_that_want_the_last_use_of_a_code_at_once_one_gets_it()
    {
        var (_, codes) = await Made(("codes", "1"), ("credits", "7"));
        var callers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => App.Caller(credits: 0)));

        var answers = await Task.WhenAll(callers.Select(caller => caller.Post("/v1/credits/redeem", new { code = codes[0] })));

        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, 9)], answers.Select(answer => answer.Status).Order());
        Assert.Equal(7, (await Task.WhenAll(callers.Select(caller => caller.Balance()))).Sum());
    }

    [Fact]
    public async Task The_same_account_gets_a_code_once_however_often_it_asks_at_once()
    {
        var (_, codes) = await Made(("codes", "1"), ("credits", "7"), ("usesPerCode", "100"));
        var caller = await App.Caller(credits: 0);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => caller.Post("/v1/credits/redeem", new { code = codes[0] })));

        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, 9)], answers.Select(answer => answer.Status).Order());
        Assert.Equal((7, 1L), (await caller.Balance(), await App.Scalar<long>("select redeemed from code_batches where note = $1", Note)));
    }

    [Fact]
    public async Task Codes_are_not_found_by_trying_and_a_right_one_is_no_try()
    {
        var (_, codes) = await Made(("codes", "12"), ("credits", "1"));
        var caller = await App.Caller(credits: 0);
        foreach (var code in codes[..11]) Assert.Equal(HttpStatusCode.OK, (await caller.Post("/v1/credits/redeem", new { code })).Status);

        foreach (var last in "23456789AB") Assert.Equal(HttpStatusCode.NotFound, (await Refused(caller, $"AAAA-BBBB-CCC{last}")).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await Refused(caller, "AAAA-BBBB-CCDD")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Refused(caller, codes[11])).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await App.Caller(credits: 0)).Post("/v1/credits/redeem", new { code = codes[11] })).Status);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_is_shown_again_and_only_administrators_make_one()
    {
        var admin = await Admin();
        var wrong = await Make(admin, ("codes", "5001"), ("credits", "much"), ("note", ""));
        var said = await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("value=\"much\"", said, StringComparison.Ordinal);
        Assert.Contains("codes must be between 1 and 5000", said, StringComparison.Ordinal);
        var somebody = await PageVisitor.SignIn(App, (await App.Caller()).Account);
        Assert.Equal(HttpStatusCode.NotFound, (await somebody.Post("/redeem", "/admin/codes", ("note", "mine"), ("codes", "1"), ("credits", "1"))).StatusCode);
        Assert.Equal(0, await App.Scalar<long>("select count(*) from code_batches where note in ('mine', '')"));
    }

    private string Note { get; } = "batch of " + Guid.NewGuid().ToString("N");

    private async Task<PageVisitor> Admin() => await PageVisitor.Administer(App, (await App.Caller(admin: true)).Account);

    private Task<HttpResponseMessage> Make(PageVisitor admin, params (string Name, string Value)[] fields) =>
        admin.Post("/admin/codes", "/admin/codes", [.. fields.Any(field => field.Name == "note") ? [] : new[] { ("note", Note) }, .. fields]);

    private async Task<(PageVisitor Admin, string[] Codes)> Made(params (string Name, string Value)[] fields)
    {
        var admin = await Admin();
        Assert.Equal("/admin/codes", (await Make(admin, fields)).Headers.Location?.ToString());
        return (admin, Shown(await admin.Read("/admin/codes")));
    }

    private static string[] Shown(string page) => [.. Code().Matches(Codes().Match(page).Groups[1].Value).Select(code => code.Value)];

    private static async Task<(HttpStatusCode Status, string Message)> Refused(Caller caller, string code)
    {
        var (status, body) = await caller.Post("/v1/credits/redeem", new { code });
        return (status, body.GetProperty("error").GetProperty("message").GetString()!);
    }

    private static long Number(System.Text.Json.JsonElement body, string name) => body.GetProperty("data").GetProperty(name).GetInt64();

    [GeneratedRegex("<textarea id=\"codes-made\"[^>]*>([^<]*)<")]
    private static partial Regex Codes();

    [GeneratedRegex("[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")]
    private static partial Regex Code();

    [GeneratedRegex("action=\"/admin/codes/([0-9a-f-]{36})/csv\"")]
    private static partial Regex CsvForm();

    [GeneratedRegex("name=\"seed\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Seed();
}
