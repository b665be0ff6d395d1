using System.Net;
using System.Text.RegularExpressions;
using Rpd.Server.Media;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Recognition;

public sealed partial class RecognitionPagesTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private readonly App app = shared.App;

    [Fact]
    public async Task A_picture_comes_back_with_its_faces_covered_and_a_credit_is_taken()
    {
        var (visitor, _) = await Somebody(credits: 5);

        using var answer = await visitor.Send("/recognition", "/recognition", Form(TestPictures.Astronaut, ("facemode", "pixel")));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("One face found", page, StringComparison.Ordinal);
        Assert.Contains("It cost 1 credit.", page, StringComparison.Ordinal);
        Assert.Equal((512, 512), PictureSize.Of(Convert.FromBase64String(Data().Match(page).Groups[1].Value)));
        Assert.Contains("facemode=pixel", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_get_the_outcome_alone_and_the_balance_of_now()
    {
        var (visitor, _) = await Somebody(credits: 5);

        using var answer = await visitor.Send("/recognition", "/recognition", Form(TestPictures.Astronaut), streams: true);
        var said = await answer.Content.ReadAsStringAsync();

        Assert.StartsWith("text/vnd.turbo-stream.html", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<html", said, StringComparison.Ordinal);
        Assert.Contains("One face found", said, StringComparison.Ordinal);
        Assert.Matches("targets=\"\\[data-balance\\]\"><template>4<", said);
    }

    [Fact]
    public async Task Nobody_in_the_picture_costs_nothing()
    {
        var (visitor, _) = await Somebody(credits: 5);

        using var answer = await visitor.Send("/recognition", "/recognition", Form(TestPictures.Coffee));

        Assert.Contains("No face found", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no picture", 5, HttpStatusCode.UnprocessableEntity)]
    [InlineData("Choose a picture", 5, HttpStatusCode.UnprocessableEntity)]
    [InlineData("You need 1 credits", 0, HttpStatusCode.PaymentRequired)]
    public async Task What_is_refused_is_said_on_the_page(string said, long credits, HttpStatusCode status)
    {
        var (visitor, _) = await Somebody(credits);
        byte[] file = said switch { "no picture" => "hello"u8.ToArray(), "Choose a picture" => [], _ => TestPictures.Astronaut };

        using var answer = await visitor.Send("/recognition", "/recognition", Form(file));

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_is_asked_to_sign_in_and_a_form_of_another_site_is_not_taken()
    {
        var (visitor, _) = await Somebody(credits: 5);
        using var stranger = await app.CreateClient(new() { AllowAutoRedirect = false }).GetAsync("/recognition");
        using var foreign = await visitor.SendPlain("/recognition", Form(TestPictures.Astronaut));

        Assert.Equal(HttpStatusCode.SeeOther, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
    }

    private async Task<(PageVisitor, Guid)> Somebody(long credits)
    {
        var caller = await app.Caller(credits);
        return (await PageVisitor.SignIn(app, caller.Account), caller.Account);
    }

    private static MultipartFormDataContent Form(byte[] file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(file), "file", "picture.png");
        return form;
    }

    [GeneratedRegex("href=\"data:image/jpeg;base64,([^\"]+)\"")]
    private static partial Regex Data();
}
