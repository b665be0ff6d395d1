using System.Net;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Comparisons;

public sealed class ComparePagesTests(TestPostgres postgres)
{
    private static readonly string[] Names = ["studio", "sandbox", "sketch"];

    [Fact]
    public async Task A_refused_form_keeps_everything_and_starts_nothing()
    {
        await using var rivals = await Rivals.Start(postgres);

        using var answer = await rivals.Visitor.Post("/compare", "/compare",
            [.. Rivals.Form("", "once", "studio-sketch"), ("params.seed", "abc"), ("params.aspectRatio", "16:9")]);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Choose 2 to 6 models; you have chosen 1.", page, StringComparison.Ordinal);
        Assert.Contains("Write a prompt.", page, StringComparison.Ordinal);
        Assert.Matches("value=\"studio-sketch\"[^>]* checked", page);
        Assert.Contains("value=\"abc\"", page, StringComparison.Ordinal);

        using var wrong = await rivals.Visitor.Post("/compare", "/compare", [.. Rivals.Form("<script>alert(1)</script>"), ("params.seed", "abc")]);
        var second = await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Seed must be", second, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", second, StringComparison.Ordinal);
        Assert.Equal(0L, await rivals.App.Scalar<long>("select count(*) from generations"));
    }

    [Fact]
    public async Task Who_cannot_pay_for_all_pays_for_none()
    {
        await using var rivals = await Rivals.Start(postgres, credits: 0);

        using var answer = await rivals.Visitor.Post("/compare", "/compare", Rivals.Form("a poor hill"));

        Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode);
        Assert.Contains("a poor hill</textarea>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0L, await rivals.App.Scalar<long>("select count(*) from generations"));
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_comparison()
    {
        await using var rivals = await Rivals.Start(postgres);

        using var first = await rivals.Visitor.Post("/compare", "/compare", Rivals.Form());
        using var again = await rivals.Visitor.Post("/compare", "/compare", Rivals.Form());

        Assert.Equal((HttpStatusCode.SeeOther, first.Headers.Location), (again.StatusCode, again.Headers.Location));
        Assert.Equal(2L, await rivals.App.Scalar<long>("select count(*) from generations"));
    }

    [Fact]
    public async Task The_price_of_all_is_told_before_and_is_what_is_taken()
    {
        await using var rivals = await Rivals.Start(postgres);

        using var price = await rivals.Visitor.Get("/compare/price?type=text2image&models=studio-sketch&models=sandbox-success&chars=6", "price");
        var told = await price.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await rivals.Compared();

        var taken = 1000 - await rivals.Caller.Balance();
        Assert.InRange(taken, 1, 100);
        Assert.Contains($"<b>{Rpd.Web.Ui.Words.Credits(taken)}</b>", told, StringComparison.Ordinal);
        Assert.Contains($"→ {1000 - taken}", told.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_vote_no_answer_names_a_model_and_after_it_all_do()
    {
        await using var rivals = await Rivals.Start(postgres);
        var id = await rivals.Compared();

        foreach (var (path, frame) in new (string, string?)[] { ($"/compare/{id}", null), ($"/compare/{id}/columns/A", "column-A"), ($"/compare/{id}/columns/B", "column-B"), ($"/compare/{id}/outcome", "outcome") })
        {
            using var blind = await rivals.Visitor.Get(path, frame);
            var html = await blind.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, blind.StatusCode);
            Assert.All(Names, name => Assert.DoesNotContain(name, html, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain("href=\"/library/", html, StringComparison.Ordinal);
            Assert.DoesNotContain("took", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("cost", Page(html), StringComparison.OrdinalIgnoreCase);
        }
        using var none = await rivals.Visitor.Post($"/compare/{id}", $"/compare/{id}/vote");
        using var nobody = await rivals.Visitor.Post($"/compare/{id}", $"/compare/{id}/vote", ("best", $"{Guid.NewGuid()}"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (none.StatusCode, nobody.StatusCode));

        var page = await rivals.Visitor.Read($"/compare/{id}");
        using var vote = await rivals.Visitor.Post($"/compare/{id}", $"/compare/{id}/vote", ("best", Regex.Match(page, "name=\"best\" value=\"([0-9a-f-]{36})\" /><span>B<").Groups[1].Value));
        using var second = await rivals.Visitor.Send("/compare", $"/compare/{id}/vote", new FormUrlEncodedContent([KeyValuePair.Create("best", "A")]));
        var open = await rivals.Visitor.Read($"/compare/{id}");

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (vote.StatusCode, second.StatusCode));
        Assert.Contains("Studio Sketch", open, StringComparison.Ordinal);
        Assert.Contains("Sandbox success", open, StringComparison.Ordinal);
        Assert.Contains("You voted for B", open, StringComparison.Ordinal);
        var (winner, losers) = (await rivals.App.Scalar<string>("select winner from comparison_votes"), await rivals.App.Scalar<string[]>("select losers from comparison_votes"));
        Assert.Equal(["sandbox-success", "studio-sketch"], losers.Append(winner).Order(StringComparer.Ordinal));
        Assert.Equal(winner, await rivals.App.Scalar<string>("select g.model from generations g join comparison_votes v on v.generation_id = g.id"));
        Assert.Contains("Best: ", await rivals.Visitor.Read("/compare"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_shows_its_reason_later_when_it_names_somebody_and_one_result_alone_is_no_choice()
    {
        await using var rivals = await Rivals.Start(postgres);
        rivals.Second.Fails = true;
        var id = await rivals.Compared();

        // Only one has anything to show: the names are there at once, with the reason and what came back.
        var page = await rivals.Visitor.Read($"/compare/{id}");
        using var vote = await rivals.Visitor.Send("/compare", $"/compare/{id}/vote", new FormUrlEncodedContent([KeyValuePair.Create("best", "A")]));

        Assert.Contains("Sandbox success did not want to.", page, StringComparison.Ordinal);
        Assert.Contains("nothing to choose between", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, vote.StatusCode);
        Assert.Equal(0L, await rivals.App.Scalar<long>("select count(*) from comparison_votes"));

        var none = await rivals.Visitor.Read($"/compare/{await rivals.Compared("fail all of it", "two")}");
        Assert.Contains("1 credit returned", none, StringComparison.Ordinal);

        using var three = await rivals.Visitor.Post("/compare", "/compare", Rivals.Form("a hill", "three", "studio-sketch", "sandbox-success"));
        var second = three.Headers.Location!.ToString();
        foreach (var one in await rivals.Ids(Guid.Parse(second[^36..]))) await rivals.Caller.Ended(one);
        await rivals.App.Execute("update generations set model = 'sandbox-success', status = 'processing', error_code = null, error_message = null, completed_at = null where comparison_id = $1 and provider = 'studio'", Guid.Parse(second[^36..]));
        var blind = await rivals.Visitor.Read(second);
        Assert.Contains("The reason is shown with the names.", blind, StringComparison.Ordinal);
        Assert.DoesNotContain("did not want to", blind, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_is_its_owners_alone()
    {
        await using var rivals = await Rivals.Start(postgres);
        var id = await rivals.Compared();
        var stranger = await PageVisitor.SignIn(rivals.App, (await rivals.App.Caller()).Account);

        foreach (var path in new[] { $"/compare/{id}", $"/compare/{id}/columns/A", $"/compare/{id}/outcome" })
        {
            using var answer = await stranger.Get(path, "column-A");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        using var vote = await stranger.Post("/compare", $"/compare/{id}/vote", ("best", "A"));
        Assert.Equal(HttpStatusCode.NotFound, vote.StatusCode);
        Assert.DoesNotContain($"{id}", await stranger.Read("/compare"), StringComparison.Ordinal);
        Assert.Contains($"{id}", await rivals.Visitor.Read("/compare"), StringComparison.Ordinal);
    }

    // The header tells the balance, and links to prices.
    private static string Page(string html) => html.Contains("<main", StringComparison.Ordinal) ? html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)] : html;
}
