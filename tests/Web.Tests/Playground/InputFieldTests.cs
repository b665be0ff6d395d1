using Rpd.Shared;
using Rpd.Web.Playground;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests.Playground;

public class InputFieldTests
{
    [Fact]
    public async Task An_empty_place_takes_a_file_an_address_or_something_from_the_library()
    {
        var page = await Draw.Page<PlaygroundPage>(PlaygroundStates.ImageToImage, Samples.Viewer);
        var file = page.QuerySelector("input[type=file]")!;
        Assert.Equal("file.inputImageUrl", file.GetAttribute("name"));
        Assert.Equal("image/png,image/jpeg,image/webp,image/gif", file.GetAttribute("accept"));
        Assert.Equal("multipart/form-data", file.Closest("form")!.GetAttribute("enctype"));
        Assert.Single(page.QuerySelectorAll("[name=inputImageUrl]"));
        Assert.StartsWith("/playground/picks?slot=inputImageUrl&type=image2image", page.QuerySelector("[data-slot] a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_file_that_is_given_is_shown_by_name_and_travels_as_its_id()
    {
        var page = await Draw.Page<PlaygroundPage>(PlaygroundStates.ImageToImage with { Inputs = [PlaygroundStates.Picture] }, Samples.Viewer);
        var field = Assert.Single(page.QuerySelectorAll("[name=inputImageUrl]"));
        Assert.Equal(("hidden", PlaygroundStates.Picture.Value), (field.GetAttribute("type"), field.GetAttribute("value")));
        Assert.Contains("fox <one>.png", page.QuerySelector(".given")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("input[type=file]"));
    }

    [Fact]
    public async Task Where_a_picture_or_a_video_will_do_there_is_one_place_for_both()
    {
        var slot = Assert.Single(InputSlot.Of(With("upscale", "image|video"), "upscale"));
        Assert.Equal(("Picture or video", "inputImageUrl", false), (slot.Label, slot.Name, slot.Optional));
        var page = await Draw.Part<InputField>(("Model", new InputModel(slot, null, new(), FormErrors.Of("inputImageUrl", "m needs one of: inputImageUrl, inputVideoUrl."), 5_000_000)));
        Assert.Equal("m needs one of: picture, video.", page.QuerySelector(".error")!.TextContent);
        Assert.Single(page.QuerySelectorAll("input[type=file]"));
    }

    [Fact]
    public void Words_or_a_sound_leave_the_sound_to_whoever_has_one_and_an_avatar_may_have_a_face()
    {
        var slots = InputSlot.Of(With("avatar", "script|audio"), "avatar");
        Assert.Equal([("Sound", true), ("Face", true)], slots.Select(slot => (slot.Label, slot.Optional)));
        Assert.Equal([("Picture", false), ("Video", false)], InputSlot.Of(With("motion_transfer", "image", "video"), "motion_transfer").Select(slot => (slot.Label, slot.Optional)));
        Assert.Empty(InputSlot.Of(With("extend", "upstreamVideoId", "prompt"), "extend"));
    }

    private static Rpd.Shared.Catalog.ModelView With(string type, params string[] needed) =>
        Samples.Model("m", type) with { RequiredInputs = new Dictionary<string, IReadOnlyList<string>> { [type] = needed } };
}
