using System.Text.RegularExpressions;
using Rpd.Server.Faces.Tasks;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.Tasks;

/// <summary>Every row of the face's error catalogue, produced.</summary>
public sealed partial class TaskErrorTests(TestPostgres postgres)
{
    private static readonly object Sketch = new { model = "studio-sketch", prompt = "a hill" };

    [Fact]
    public async Task Every_row_of_the_catalogue_is_what_some_call_gets()
    {
        var database = await postgres.CreateDatabase();
        await using var app = await App.Start(postgres, ("ConnectionStrings:Postgres", database + ";Maximum Pool Size=16;Timeout=1"), ("Plans:business:GenerationsPerMinute", "1000"));
        var caller = await app.Caller(credits: 20);
        var user = TaskUser.Of(app, caller.Key);
        var test = TaskUser.Of(app, (await app.TestCaller(caller)).Key);
        var seen = new Dictionary<int, int?>();

        await Refused(TaskErrors.NoKey, new TaskUser(app.CreateClient(), null).Get("balance"));
        await Refused(TaskErrors.NotBearer, new TaskUser(app.CreateClient(), "Basic " + caller.Key).Get("balance"));
        await Refused(TaskErrors.UnknownKey, TaskUser.Of(app, "rk_live_xxxxxxxxxxxx").Get("balance"));
        await Refused(TaskErrors.RevokedKey, TaskUser.Of(app, await Key(new { name = "gone", scopes = new[] { "read" } }, revoked: true)).Get("balance"));
        await Refused(TaskErrors.NotAllowed, TaskUser.Of(app, await Key(new { name = "elsewhere", scopes = new[] { "read" }, allowedIps = new[] { "203.0.113.0/24" } })).Get("balance"));
        await Refused(TaskErrors.NotAllowed, TaskUser.Of(app, await Key(new { name = "reads", scopes = new[] { "read" } })).Post("images/generations", Sketch));
        await Refused(TaskErrors.NoObject, user.Post("images/generations", "[1]"));
        await Refused(TaskErrors.NoObject, user.Post("images/generations", "{"));
        await Refused(TaskErrors.NoObject, user.Post("images/generations", "model=x", "application/x-www-form-urlencoded"), 415);
        await Refused(TaskErrors.NoObject, user.Post("balance", "{}"), 405);
        await Pause();
        await Refused(TaskErrors.Missing, user.Post("images/generations", new { model = "studio-sketch" }));
        await Refused(TaskErrors.Missing, user.Post("images/generations", new { prompt = "a hill" }));
        await Refused(TaskErrors.Missing, user.Post("images/generations", new { model = "studio-restyle", prompt = "a hill", image_urls = Array.Empty<string>() }));
        await Refused(TaskErrors.Wrong, user.Post("images/generations", new { model = "studio-sketch", prompt = 7 }));
        await Refused(TaskErrors.Wrong, user.Post("images/generations", new { model = "studio-sketch", prompt = "a hill", n = 9 }));
        await Refused(TaskErrors.NotServed, user.Post("images/generations", new { model = "no-such", prompt = "a hill" }));
        await Refused(TaskErrors.NotServed, user.Post("videos/generations", Sketch));
        await Refused(TaskErrors.NotServed, user.Post("videos/generations", new { model = "kling-3.0", prompt = "a hill" }));
        await Pause();
        await Refused(TaskErrors.Size, user.Post("images/generations", new { model = "studio-sketch", prompt = "a hill", size = "huge" }));
        await Refused(TaskErrors.Size, user.Post("images/generations", new { model = "studio-sketch", prompt = "a hill", resolution = "9K" }));
        await Refused(TaskErrors.Quality, user.Post("images/generations", new { model = "gpt-image-2", prompt = "a hill", quality = "splendid" }));
        await Refused(TaskErrors.PromptTooLong, user.Post("images/generations", new { model = "studio-sketch", prompt = new string('x', 4001) }));
        await Refused(TaskErrors.NoPrice, test.Post("images/generations", new { model = "gpt-image-2.5-flare", prompt = "a hill", quality = "max" }));
        await Refused(TaskErrors.TooFewCredits, TaskUser.Of(app, (await app.Caller(credits: 0)).Key).Post("images/generations", Sketch));
        await Refused(TaskErrors.NoTask, user.Get($"tasks/task_{Guid.NewGuid():N}"));
        await Refused(TaskErrors.NoTask, user.Get("nothing"));
        await Pause();
        await Failed(TaskErrors.ProviderFailed, "sandbox-failure");
        await Failed(TaskErrors.NotStarted, "sandbox-down");
        await Pause();
        await Failed(TaskErrors.ContentPolicy, "sandbox-moderation");
        await Failed(TaskErrors.ProviderTimedOut, "sandbox-timeout");

        await app.Execute("alter table generation_slots rename to hidden");
        await Refused(TaskErrors.NotStored, user.Post("images/generations", Sketch));
        await app.Execute("alter table hidden rename to generation_slots; alter table credit_balances rename to hidden");
        await Refused(TaskErrors.Other, user.Get("balance"));
        await app.Execute("alter table hidden rename to credit_balances");
        await Pause();
        var burst = await Task.WhenAll(Enumerable.Range(0, 6 * SecondWindows.PerSecond).Select(_ => user.Get("balance")));
        var pressed = burst.First(answer => (int)answer.Status == 429);
        await Refused(TaskErrors.TooFast, Task.FromResult(pressed));
        Assert.Equal(TimeSpan.FromSeconds(1), pressed.RetryAfter);

        await Pause();
        var held = new List<Npgsql.NpgsqlConnection>();
        await Assert.ThrowsAsync<Npgsql.NpgsqlException>(async () => { while (held.Count <= 16) held.Add(await app.Database.OpenConnectionAsync()); });
        var down = await user.Get("balance");
        foreach (var connection in held) await connection.DisposeAsync();
        await Refused(TaskErrors.DatabaseDown, Task.FromResult(down));
        Assert.Equal(TimeSpan.FromSeconds(1), down.RetryAfter);

        Assert.Equal(TaskErrors.All.Keys.Order(), seen.Keys.Order());
        Assert.Equal(20, await app.Scalar<long>("select promo + allowance + purchased from credit_balances where account_id = $1", caller.Account));

        async Task Refused(int code, Task<TaskAnswer> call, int? status = null)
        {
            var answer = await call;
            Assert.Equal((code, status ?? TaskErrors.All[code].Status), (answer.Code, (int)answer.Status));
            seen[code] = (int)answer.Status;
        }

        async Task Failed(int code, string model)
        {
            var ended = await test.Ended(await test.Submit("images", new { model, prompt = "a hill" }));
            Assert.Equal(("failed", code), (ended["status"]!.GetValue<string>(), ended["error"]!["code"]!.GetValue<int>()));
            seen[code] = null;
        }

        async Task<string> Key(object wish, bool revoked = false)
        {
            var (_, made) = await caller.Post("/v1/keys", wish);
            if (revoked) await caller.Delete($"/v1/keys/{made.GetProperty("data").GetProperty("id").GetString()}");
            return made.GetProperty("data").GetProperty("secret").GetString()!;
        }

        // Not to be refused for the pace where something else is the matter.
        static Task Pause() => Task.Delay(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void The_documentation_has_the_same_table()
    {
        var rows = Row().Matches(Source.Read("docs/api/tasks.md")).ToDictionary(row => int.Parse(row.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture),
            row => (row.Groups[2].Value == "–" ? (int?)null : int.Parse(row.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), row.Groups[3].Value));

        Assert.Equal(TaskErrors.All, rows);
    }

    [GeneratedRegex(@"^\| (\d{5}) \| (\d{3}|–) \| (.+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
