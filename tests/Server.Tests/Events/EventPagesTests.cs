using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;
using Rpd.Server.Tests.Webhooks;

namespace Rpd.Server.Tests.Events;

public sealed partial class EventPagesTests(TestPostgres postgres)
{
    [Fact]
    public async Task Walking_down_shows_every_event_once_also_of_a_kind_that_is_rare()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        await app.Execute(Low, caller.Account);
        await app.Happen(caller.Account, "generation.completed", times: 2100);
        await app.Execute(Low, caller.Account);
        await app.EventsAreShown();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        Assert.Equal(2, (await Walk(visitor, "/events?event=credits.low")).Count);
        var all = await Walk(visitor, "/events");
        Assert.Equal((2102, 2102), (all.Count, all.Distinct().Count()));
    }

    private const string Low = "select event_record($1, gen_random_uuid(), 'credits.low', null, json_build_object('balance', 1, 'threshold', 2), now(), null)";

    private static async Task<List<string>> Walk(PageVisitor visitor, string path)
    {
        var found = new List<string>();
        for (string? next = path; next is not null;)
        {
            var page = await visitor.Read(next);
            found.AddRange(Id().Matches(page).Select(match => match.Groups[1].Value));
            next = Older().Match(page) is { Success: true } older ? older.Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal) : null;
        }
        return found;
    }

    [GeneratedRegex("<code>(evt_[0-9a-f]{32})</code>")]
    private static partial Regex Id();

    [GeneratedRegex("href=\"([^\"]+)\">Older</a>")]
    private static partial Regex Older();
}
