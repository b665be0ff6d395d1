using System.Net;
using System.Text.RegularExpressions;
using Rpd.Server.Notifications;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Notifications;

public sealed partial class NotificationSettingsTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task What_is_switched_off_on_the_site_is_not_told_there()
    {
        var app = shared.App;
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var saved = await visitor.Post("/settings/notifications", "/settings/notifications", ("site.like", "true"), ("email.credits.low", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        await Tell(app, new(caller.Account, "like", "like:1", "Ada liked “a hill”", "/works/1"));
        await Tell(app, new(caller.Account, "follow", "follow", "Ada follows you", "/@ada"));

        Assert.Equal(["like"], (await caller.Get("/v1/notifications")).Body.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("kind").GetString()));
        var page = await visitor.Read("/settings/notifications");
        Assert.Contains("name=\"site.like\" value=\"true\" checked", page, StringComparison.Ordinal);
        Assert.Contains("name=\"site.follow\" value=\"true\" />", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_comes_at_once_and_those_of_the_hour_after_it_together()
    {
        var app = shared.App;
        var caller = await app.Caller();
        await Tell(app, new(caller.Account, "credits.low", "credits.low", "Your balance is low: 3 credits are left.", "/credits"));
        var first = Assert.Single(await Letters(app, 1));
        Assert.Contains("Subject: Your balance is low: 3 credits are left.", first, StringComparison.Ordinal);
        Assert.Contains("/credits", first, StringComparison.Ordinal);

        await Tell(app, new(caller.Account, "credits.low", "credits.low", "Your balance is low: 2 credits are left.", "/credits"));
        await Tell(app, new(caller.Account, "credits.low", "credits.low", "Your balance is low: 1 credit is left.", "/credits"));
        Assert.Equal(1, await app.Scalar<long>("select count(*) from jobs where kind = 'notification.letter' and run_at > now() + interval '50 minutes'"));
        await app.Execute("update jobs set run_at = now() where kind = 'notification.letter'");

        var second = Assert.Single(await Letters(app, 2), letter => letter != first);
        Assert.Contains("Subject: Your credits run low (2 times)", second, StringComparison.Ordinal);
        Assert.Contains("2 credits are left", second, StringComparison.Ordinal);
        Assert.Contains("1 credit is left", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_generation_is_told_by_no_letter_unless_it_is_wanted()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        await Tell(app, new(caller.Account, "generation.failed", "generation.failed", "A generation failed: no", "/library/1"));

        Assert.Equal(0, await app.Scalar<long>("select count(*) from notification_letters"));
        await app.Execute("insert into notification_preferences values ($1, 'generation.failed', false, true)", caller.Account);
        await Tell(app, new(caller.Account, "generation.failed", "generation.failed", "A generation failed:\nno", "/library/1"));

        Assert.Contains("Subject: A generation failed: no", Assert.Single(await Letters(app, 1)), StringComparison.Ordinal);
        Assert.Equal(1, await app.Scalar<int>("select count from notifications"));
    }

    [Fact]
    public async Task A_mail_program_ends_letters_of_a_kind_by_the_links_in_their_header_without_anybody_signed_in()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        await Tell(app, new(caller.Account, "credits.low", "credits.low", "Low.", "/credits"));
        var letter = Assert.Single(await Letters(app, 1));
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", letter, StringComparison.Ordinal);
        var link = new Uri(new Uri(Header().Match(letter).Groups[1].Value).PathAndQuery, UriKind.Relative);
        using var http = app.CreateClient(new() { AllowAutoRedirect = false });

        // A scanner that opens it changes nothing.
        Assert.Contains("Stop these letters", await http.GetStringAsync(link, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from notification_preferences"));
        using var stopped = await http.PostAsync(link, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
        Assert.Equal("credits.low True False", await app.Scalar<string>("select kind || ' ' || initcap(site::text) || ' ' || initcap(email::text) from notification_preferences"));
        await Tell(app, new(caller.Account, "credits.low", "other", "Low again.", "/credits"));
        Assert.Equal(0, await app.Scalar<long>("select count(*) from notification_letters where waiting > 0"));
        using var forged = await http.PostAsync(new Uri(link + "x", UriKind.Relative), new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }

    private static async Task Tell(App app, Notice notice)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Notify.Write(transaction, notice, DateTimeOffset.UtcNow, CancellationToken.None);
        await transaction.CommitAsync();
    }

    private static async Task<string[]> Letters(App app, int count)
    {
        var outbox = Path.Combine(app.DataFolder, "outbox");
        for (var waited = 0; waited < 200; waited++)
        {
            var files = Directory.Exists(outbox) ? Directory.GetFiles(outbox, "*.eml") : [];
            if (files.Length >= count) return [.. files.Select(File.ReadAllText)];
            await Task.Delay(50);
        }
        throw new TimeoutException($"There are not {count} letters.");
    }

    [GeneratedRegex("List-Unsubscribe: <([^>]+)>")]
    private static partial Regex Header();
}
