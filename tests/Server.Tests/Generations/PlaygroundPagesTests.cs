using System.Net;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Files;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations;

public sealed partial class PlaygroundPagesTests(TestPostgres postgres, SharedScriptedApp scripted) : IClassFixture<SharedScriptedApp>
{
    private static readonly (string, string)[] Restyle = [("type", "image2image"), ("provider", "studio"), ("model", "studio-restyle"), ("prompt", "as an <b>oil</b> painting")];

    [Fact]
    public async Task Without_scripts_a_file_comes_with_the_form_and_is_what_the_run_starts_from()
    {
        var app = scripted.App;
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var started = await visitor.Send("/playground", "/playground", Form(Restyle, ("file.inputImageUrl", Uploader.Dot, "image/png")));

        Assert.Equal(HttpStatusCode.SeeOther, started.StatusCode);
        Assert.Equal(1L, await app.Scalar<long>("select count(*) from generations g join files f on g.input_image_url = 'file:' || f.id where f.confirmed_at is not null and f.account_id = $1", caller.Account));
        // Run again brings the file back.
        var again = await visitor.Read("/playground?from=" + started.Headers.Location!.ToString().Split('/')[^1]);
        Assert.Matches("""name="inputImageUrl" value="file:[0-9a-f-]{36}""", again);
    }

    [Theory]
    [InlineData("image/jpeg", "The file is image/png and not image/jpeg")]
    [InlineData("video/mp4", "A picture is needed here")]
    [InlineData("application/pdf", "Files of this kind are not taken")]
    public async Task A_file_that_is_not_what_it_says_is_refused_beside_its_place_and_leaves_nothing(string type, string message)
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var refused = await visitor.Send("/playground", "/playground", Form(Restyle, ("file.inputImageUrl", Uploader.Dot, type)));

        var page = await Text(refused);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.DoesNotContain("is required", page, StringComparison.Ordinal);
        Assert.Contains("as an &lt;b&gt;oil&lt;/b&gt; painting</textarea>", page, StringComparison.Ordinal);
        Assert.Equal((0L, 0L), (await app.Scalar<long>("select count(*) from files"), await app.Scalar<long>("select coalesce(sum(bytes), 0)::bigint from storage_usage")));
        Assert.Equal(0L, await app.Scalar<long>("select count(*) from generations"));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_told_the_plans_limit()
    {
        await using var app = await App.Scripted(postgres, ("Plans:business:UploadBytesMax", "60"));
        var visitor = await PageVisitor.SignIn(app, (await app.Caller()).Account);

        using var refused = await visitor.Send("/playground", "/playground/upload", Form([.. Restyle, ("slot", "inputImageUrl")], ("file", Uploader.Dot, "image/png")), streams: true);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("MB here on the plan business", await Text(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_uploads_one_file_and_gets_its_place_drawn_and_nobody_without_a_token_does()
    {
        var app = scripted.App;
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var drawn = await visitor.Send("/playground", "/playground/upload", Form([.. Restyle, ("slot", "inputImageUrl")], ("file", Uploader.Dot, "image/png")), streams: true);
        var stream = await Text(drawn);
        Assert.Equal(HttpStatusCode.OK, drawn.StatusCode);
        Assert.StartsWith("<turbo-stream action=\"replace\" target=\"input-inputImageUrl\">", stream.TrimStart(), StringComparison.Ordinal);
        Assert.Matches("""<img src="/files/uploads/[^"]+"[^>]*>""", stream);

        // Somebody else's file has no preview, and the run is refused.
        var other = await PageVisitor.SignIn(app, (await app.Caller()).Account);
        var file = Value().Match(stream).Groups[1].Value;
        Assert.DoesNotContain("class=\"given\"", await other.Read("/playground?type=image2image&inputImageUrl=" + file), StringComparison.Ordinal);
        using var refused = await other.Post("/playground", "/playground", [.. Restyle, ("inputImageUrl", file)]);
        Assert.Contains("names no confirmed file of yours", await Text(refused), StringComparison.Ordinal);

        using var forged = await visitor.SendPlain("/playground/upload", Form([.. Restyle, ("slot", "inputImageUrl")], ("file", Uploader.Dot, "image/png")));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task A_result_is_gone_on_from_with_its_file_and_lineage()
    {
        var app = scripted.App;
        var caller = await app.Caller();
        var id = (await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"))).Body.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(id);
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        using var menu = await visitor.Get($"/library/{id}/actions", $"actions-{id}");
        var upscale = Regex.Match(await Text(menu), "href=\"(/playground\\?type=upscale[^\"]+)\"").Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        var page = await visitor.Read(upscale);
        Assert.Contains($"name=\"parentId\" value=\"{id}\"", page, StringComparison.Ordinal);
        var picture = Value().Match(page).Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        Assert.Contains("/files/outputs/", picture, StringComparison.Ordinal);

        using var started = await visitor.Post("/playground", "/playground", ("type", "upscale"), ("provider", "studio"), ("model", "studio-upscale"), ("inputImageUrl", picture), ("parentId", id.ToString()));
        Assert.Equal(HttpStatusCode.SeeOther, started.StatusCode);
        var child = Guid.Parse(started.Headers.Location!.ToString().Split('/')[^1]);
        Assert.Equal(id, await app.Scalar<Guid>("select parent_id from generations where id = $1", child));
        Assert.Equal("completed", (await caller.Ended(child)).GetProperty("status").GetString());

        // The signed address of yesterday is renewed, and somebody else learns nothing.
        await app.Execute("update generations set input_image_url = regexp_replace(input_image_url, 'e=[0-9]+', 'e=1') where id = $1", child);
        Assert.Contains("class=\"given\"", await visitor.Read($"/playground?from={child}"), StringComparison.Ordinal);
        var other = await PageVisitor.SignIn(app, (await app.Caller()).Account);
        Assert.DoesNotContain("class=\"given\"", await other.Read($"/playground?type=upscale&parentId={id}"), StringComparison.Ordinal);
        using var hidden = await other.Get($"/library/{id}/actions", $"actions-{id}");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task Varying_keeps_everything_but_the_seed()
    {
        var app = scripted.App;
        var caller = await app.Caller();
        var id = (await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", @params = new { seed = 4711, aspectRatio = "16:9" } })).Body.GetProperty("data").GetProperty("id").GetGuid();
        var visitor = await PageVisitor.SignIn(app, caller.Account);

        Assert.Contains("4711", await visitor.Read($"/playground?from={id}"), StringComparison.Ordinal);
        var varied = await visitor.Read($"/playground?vary={id}");
        Assert.DoesNotContain("4711", varied, StringComparison.Ordinal);
        Assert.Contains(">a hill</textarea>", varied, StringComparison.Ordinal);
        Assert.Contains($"name=\"parentId\" value=\"{id}\"", varied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_fills_the_prompt_and_gaps_that_must_be_filled_are_asked_for()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var (_, made) = await caller.Post("/v1/templates", new { title = "Tower", type = "text2image", prompt = "A {what} in {weather}", placeholders = new object[] { new { name = "weather", label = "Weather", @default = "fog" } } });
        var template = made.GetProperty("data").GetProperty("id").GetString()!;
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        Assert.Contains(">A {what} in fog</textarea>", await visitor.Read("/playground?template=" + template), StringComparison.Ordinal);
        Assert.DoesNotContain("{what}", await (await PageVisitor.SignIn(app, (await app.Caller()).Account)).Read("/playground?template=" + template), StringComparison.Ordinal);

        (string, string)[] form = [("type", "text2image"), ("provider", "studio"), ("model", "studio-sketch"), ("template", template), ("filled", "A {what} in fog"), ("prompt", "A {what} in fog")];
        using var open = await visitor.Post("/playground", "/playground", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, open.StatusCode);
        Assert.Contains("Fill in what.", await Text(open), StringComparison.Ordinal);
        using var redrawn = await visitor.Post("/playground", "/playground/form", [.. form, ("gap.what", "lighthouse"), ("do", "fill")]);
        Assert.Contains(">A lighthouse in fog</textarea>", await Text(redrawn), StringComparison.Ordinal);

        using var started = await visitor.Post("/playground", "/playground", [.. form, ("gap.what", "lighthouse"), ("gap.weather", "snow")]);
        Assert.Equal("A lighthouse in snow", await app.Scalar<string>("select prompt from generations"));
    }

    [Fact]
    public async Task A_prompt_is_enhanced_as_a_difference_and_taken_or_left()
    {
        var app = scripted.App;
        var visitor = await PageVisitor.SignIn(app, (await app.Caller()).Account);
        (string, string)[] form = [("type", "text2image"), ("provider", "studio"), ("model", "studio-sketch"), ("prompt", "a red fox in the snow"), ("count", "3")];

        using var shown = await visitor.Post("/playground", "/playground/enhance", form);
        var page = await Text(shown);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("<ins>, ", page, StringComparison.Ordinal);
        Assert.Contains(">a red fox in the snow</textarea>", page, StringComparison.Ordinal);
        var better = Regex.Match(page, "name=\"enhanced\" value=\"([^\"]+)\"").Groups[1].Value;
        using var taken = await visitor.Post("/playground", "/playground/form", [.. form, ("enhanced", WebUtility.HtmlDecode(better)), ("do", "use")]);
        Assert.Contains($">{better}</textarea>", await Text(taken), StringComparison.Ordinal);

        using var stream = await visitor.Send("/playground", "/playground/enhance", Form(form), streams: true);
        Assert.StartsWith("<turbo-stream action=\"replace\" target=\"enhanced\">", (await Text(stream)).TrimStart(), StringComparison.Ordinal);
        using var empty = await visitor.Post("/playground", "/playground/enhance", ("type", "text2image"), ("prompt", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using var back = await visitor.Get("/playground/enhance");
        Assert.Equal("/playground", back.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Models_that_suit_are_named_and_a_run_is_cancelled_from_its_card()
    {
        var app = scripted.App;
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        using var good = await visitor.Get("/playground/good-for?type=audio&model=studio-voice&prompt=a+slow+song", "good-for");
        Assert.Contains("model=studio-tune", await Text(good), StringComparison.Ordinal);

        var id = (await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("hang on"))).Body.GetProperty("data").GetProperty("id").GetGuid();
        using var cancelled = await visitor.Send("/playground", $"/library/{id}/cancel", Form([("card", "true")]), streams: true);
        Assert.Contains($"target=\"card-{id}\"", await Text(cancelled), StringComparison.Ordinal);
        Assert.Equal("cancelled", (await caller.Ended(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task One_picks_from_ones_own_results_and_uploads_of_the_right_kind()
    {
        var app = scripted.App;
        var uploader = await Uploader.Of(app);
        var file = (await uploader.Upload(Uploader.Dot)).GetProperty("fileId").GetString()!;
        var id = (await uploader.Caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"))).Body.GetProperty("data").GetProperty("id").GetGuid();
        await uploader.Caller.Ended(id);
        var (mine, theirs) = (await PageVisitor.SignIn(app, uploader.Caller.Account), await PageVisitor.SignIn(app, (await app.Caller()).Account));
        const string image = "/playground/picks?slot=inputImageUrl&type=image2image", video = "/playground/picks?slot=inputVideoUrl&type=video2video";

        Assert.Contains($"data-parent=\"{id}\"", await mine.Read(image), StringComparison.Ordinal);
        Assert.Contains($"data-value=\"file:{file}\"", await mine.Read(image + "&source=uploaded"), StringComparison.Ordinal);
        Assert.DoesNotContain("data-value", await mine.Read(video), StringComparison.Ordinal);
        Assert.DoesNotContain("data-value", await theirs.Read(image) + await theirs.Read(image + "&source=uploaded"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_lackingof_credits_keeps_the_prompt_and_is_shown_where_to_get_some()
    {
        var app = scripted.App;
        var visitor = await PageVisitor.SignIn(app, (await app.Caller(credits: 0)).Account);
        using var lacking = await visitor.Post("/playground", "/playground", ("type", "text2image"), ("provider", "studio"), ("model", "studio-sketch"), ("prompt", "a hill"));
        var page = await Text(lacking);
        Assert.Equal(HttpStatusCode.PaymentRequired, lacking.StatusCode);
        Assert.Contains(">a hill</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/pricing\"", page, StringComparison.Ordinal);
    }

    private static MultipartFormDataContent Form((string Name, string Value)[] fields, params (string Name, byte[] Bytes, string Type)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        foreach (var (name, bytes, type) in files)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new(type);
            form.Add(content, name, "C:\\pictures\\fox.png");
        }
        return form;
    }

    private static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    [GeneratedRegex("""name="inputImageUrl" value="([^"]+)""")]
    private static partial Regex Value();
}
