using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;
using Rpd.Web.Library;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Library;

public class ResultActionTests
{
    private static readonly IReadOnlyList<ModelView> Models =
    [
        Needing("vendor-upscale", "upscale", available: false, "image"), Needing("only-video", "upscale", available: true, "video"), Needing("studio-upscale", "upscale", available: true, "image|video"),
        Needing("studio-animate", "image2video", available: true, "image"), Needing("studio-grade", "video2video", available: true, "video"),
    ];

    [Fact]
    public void A_picture_leads_to_what_models_that_work_here_make_of_pictures()
    {
        var run = Samples.Generation(3);
        var actions = ResultActions.Of(run, Models);
        Assert.Equal(["Run again", "Vary", "Upscale", "Animate", "Compare models", "Use as input"], actions.Select(action => action.Label));
        Assert.Equal($"/playground?type=upscale&provider=kling&model=studio-upscale&parentId={run.Id}", actions[2].Address);
        Assert.Equal($"/playground?vary={run.Id}", actions[1].Address);
    }

    [Fact]
    public void A_video_is_not_animated_and_a_sound_not_upscaled()
    {
        var video = Samples.Generation(3) with { Outputs = [Samples.Generation(3).Outputs[0] with { ContentType = "video/mp4" }, Samples.Generation(3).Outputs[0]] };
        Assert.Equal(["Run again", "Vary", "Upscale", "Restyle", "Compare models", "Use as input"], ResultActions.Of(video, Models).Select(action => action.Label));
        Assert.Contains(ResultActions.Of(video, Models, 1), action => action.Label == "Animate" && action.Address.EndsWith("&output=1", StringComparison.Ordinal));
        Assert.Equal(["Run again", "Vary", "Compare models"], ResultActions.Of(Samples.Generation(3, "completed", "audio"), Models).Select(action => action.Label));
    }

    [Fact]
    public void What_runs_offers_nothing_and_what_failed_another_try()
    {
        Assert.Empty(ResultActions.Of(Samples.Generation(3, "processing"), Models));
        Assert.Equal(["Run again"], ResultActions.Of(Samples.Generation(3, "failed"), Models).Select(action => action.Label));
    }

    [Fact]
    public async Task The_menu_downloads_and_publishes_under_the_title_that_it_has()
    {
        var run = Samples.Generation(4) with { Title = "Winter fox", Visibility = Visibility.Private };
        var page = await Draw.Page<ResultMenu>(new ResultMenuModel(run, ResultActions.Of(run, Models)));
        Assert.Equal("Winter fox", page.QuerySelector("form input[name=title]")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector("a[download]"));
        Assert.False(page.QuerySelector("form input[name=mature]")!.HasAttribute("checked"));
        Assert.True((await Draw.Page<ResultMenu>(new ResultMenuModel(run with { Mature = true }, []))).QuerySelector("form input[name=mature]")!.HasAttribute("checked"));
        Assert.Null((await Draw.Page<ResultMenu>(new ResultMenuModel(run with { Visibility = Visibility.Public }, []))).QuerySelector("form"));
    }

    private static ModelView Needing(string id, string type, bool available, string input) =>
        Samples.Model(id, type, available: available) with { RequiredInputs = new Dictionary<string, IReadOnlyList<string>> { [type] = [input] } };
}
