using Rpd.Shared;
using Rpd.Web.Recognition;

namespace Rpd.Web.Tests.Support;

/// <summary>Before a picture was sent, and after.</summary>
public static class RecognitionStates
{
    // A white JPEG of one pixel: what is in it nobody looks at here.
    private const string Picture = "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q==";

    public static readonly PageStates All = new()
    {
        ["recognition"] = (typeof(RecognitionPage), Page(null), Samples.Viewer),
        ["recognition, two faces"] = (typeof(RecognitionPage), Page(new(Picture, 1600, 1200, [new(177, 66, 97, 97, 94), new(900, 210, 310, 310, 99)], "Family at the lake.png", 1)) with { Form = new() { Cover = "pixel" } }, Samples.Viewer),
        ["recognition, nobody"] = (typeof(RecognitionPage), Page(new(Picture, 600, 400, [], "coffee.png", 0)), Samples.Viewer),
        ["recognition, refused"] = (typeof(RecognitionPage), Page(null) with { Errors = FormErrors.Of("file", "This is no picture of a kind that is read here. Send PNG, JPEG, WebP or GIF.") }, Samples.Viewer),
        ["recognition, not installed"] = (typeof(RecognitionPage), Page(null) with { Errors = FormErrors.Of("", "OpenCV is missing: install the package opencv-data.") }, Samples.Viewer),
    };

    private static RecognitionModel Page(RecognitionResult? result) => new(new(), FormErrors.None, result, 1240, 1, 25, "https://create.example.org");
}
