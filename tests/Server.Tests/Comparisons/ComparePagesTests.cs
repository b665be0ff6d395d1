using System.Net;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Files;
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
        Assert.Contains($"data-less=\"{taken}\">{1000 - taken}</data>", told.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
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

    [Fact]
    public async Task Without_scripts_a_picture_comes_with_the_form_is_what_all_start_from_and_comes_again()
    {
        await using var rivals = await Rivals.Start(postgres);
        var visitor = rivals.Visitor;

        using var started = await visitor.Send("/compare?type=image2image", "/compare", WithFile(Restyle));
        Assert.Equal(HttpStatusCode.SeeOther, started.StatusCode);
        Assert.Equal(1L, await rivals.App.Scalar<long>("select count(distinct f.id) from generations g join files f on g.input_image_url = 'file:' || f.id where f.confirmed_at is not null"));
        Assert.Equal(2L, await rivals.App.Scalar<long>("select count(*) from generations where input_image_url is not null"));

        var again = await visitor.Read("/compare?from=" + started.Headers.Location!.ToString()[^36..]);
        var file = Regex.Match(again, "name=\"inputImageUrl\" value=\"(file:[0-9a-f-]{36})").Groups[1].Value;
        Assert.NotEmpty(file);
        Assert.Contains("fox.png", again, StringComparison.Ordinal);
        Assert.Contains("/compare/picks?slot=inputImageUrl", await visitor.Read("/compare?type=image2image"), StringComparison.Ordinal);
        // Another type keeps it, and it can be taken out.
        Assert.Contains($"/compare?type=image2video&amp;prompt=a%20hill&amp;inputImageUrl={Uri.EscapeDataString(file)}", again, StringComparison.Ordinal);
        using var without = await visitor.Post("/compare", "/compare/form", [.. Restyle, ("inputImageUrl", file), ("do", "remove:inputImageUrl")]);
        Assert.Equal(HttpStatusCode.OK, without.StatusCode);
        var emptied = await without.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(file, emptied, StringComparison.Ordinal);
        Assert.Contains("a hill</textarea>", emptied, StringComparison.Ordinal);
        Assert.Matches("value=\"studio-restyle\"[^>]* checked", emptied);
    }

    [Fact]
    public async Task A_picture_that_lacks_or_is_none_is_said_beside_its_place_and_starts_nothing()
    {
        await using var rivals = await Rivals.Start(postgres);

        using var lacking = await rivals.Visitor.Post("/compare", "/compare", Restyle);
        using var none = await rivals.Visitor.Send("/compare", "/compare", WithFile(Restyle, "image/jpeg"));

        foreach (var (answer, says) in new[] { (lacking, "Picture is required"), (none, "The file is image/png and not image/jpeg") })
        {
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Matches($"id=\"f-slot-inputImageUrl-error\">.*{says}", page);
            Assert.Contains("a hill</textarea>", page, StringComparison.Ordinal);
        }
        Assert.Equal(0L, await rivals.App.Scalar<long>("select count(*) from generations"));
    }

    [Fact]
    public async Task The_places_of_a_comparison_draw_upload_and_pick_by_addresses_of_their_own()
    {
        await using var rivals = await Rivals.Start(postgres);
        await rivals.Compared();

        using var drawn = await rivals.Visitor.Get("/compare/input?slot=inputImageUrl&type=image2image&inputImageUrl=https%3A%2F%2Fexample.org%2Ffox.png", "input-inputImageUrl");
        using var bare = await rivals.Visitor.Get("/compare/input?slot=inputImageUrl&type=image2image");
        using var uploaded = await rivals.Visitor.Send("/compare", "/compare/upload", WithFile([("type", "image2image"), ("slot", "inputImageUrl")], name: "file"), streams: true);
        var picks = await rivals.Visitor.Read("/compare/picks?slot=inputImageUrl&type=image2image&models=studio-restyle");

        Assert.Contains("example.org/fox.png", await drawn.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("/compare?slot=inputImageUrl&type=image2image", bare.Headers.Location?.ToString());
        var stream = await uploaded.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("target=\"input-inputImageUrl\"", stream, StringComparison.Ordinal);
        Assert.Contains("formaction=\"/compare/form\"", stream, StringComparison.Ordinal);
        Assert.Contains("href=\"/compare?type=image2image&amp;models=studio-restyle&amp;inputImageUrl=", picks, StringComparison.Ordinal);
    }

    private static readonly (string, string)[] Restyle = [("type", "image2image"), ("prompt", "a hill"), ("models", "studio-restyle"), ("models", "sandbox-success")];

    private static MultipartFormDataContent WithFile((string Name, string Value)[] fields, string type = "image/png", string name = "file.inputImageUrl")
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields) form.Add(new StringContent(value), field);
        var file = new ByteArrayContent(Uploader.Dot);
        file.Headers.ContentType = new(type);
        form.Add(file, name, "fox.png");
        return form;
    }

    // The header tells the balance, and links to prices.
    private static string Page(string html) => html.Contains("<main", StringComparison.Ordinal) ? html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)] : html;
}
