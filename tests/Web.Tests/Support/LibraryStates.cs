using Rpd.Shared;
using Rpd.Web.Library;
using Rpd.Web.Ui;

namespace Rpd.Web.Tests.Support;

/// <summary>The library with several selected.</summary>
public static class LibraryStates
{
    public static readonly PageStates All = new()
    {
        ["library, with everything"] = (typeof(LibraryPage), Full, Samples.Viewer),
        ["library, oldest first"] = (typeof(LibraryPage), Full with { Filter = new(Order: LibraryFilter.Oldest), Cursor = "c" }, Samples.Viewer),
        ["library, nothing selected"] = (typeof(LibraryPage), Full with { Errors = FormErrors.Of("ids", "Select something first.") }, Samples.Viewer),
        ["library, collection without a name"] = (typeof(LibraryPage), Full with { Errors = FormErrors.Of("collectionName", "Choose a collection, or name a new one."), Bulk = new([Samples.Id(303)], "", "") }, Samples.Viewer),
        ["library, a label that says neither"] = (typeof(LibraryPage), Full with { Errors = FormErrors.Of("mature", "mature must be true or false."), Bulk = new([Samples.Id(303)], "", "", Mature: true) }, Samples.Viewer),
        ["library, before deleting"] = (typeof(PurgePage), new PurgeModel([Samples.Generation(3), Samples.Generation(1, "processing"), Samples.Generation(4, "failed")], "?type=text2image"), Samples.Viewer),
        ["generation, its life"] = (typeof(GenerationPage), Samples.GenerationPage(Samples.Generation(3)) with
        {
            Life = [new("Asked for", Samples.Now, null, "On this site. 10 credits held."), new("Started", Samples.Now.AddSeconds(2), TimeSpan.FromSeconds(2)), new("In progress", null, null, "42 %")],
        }, Samples.Viewer),
    };

    private static LibraryModel Full => new(new(Model: "studio-sketch", From: "2026-11-01"), new(Samples.Playground().Recent, "next"), null)
    {
        Models = [new("studio-sketch", "Studio Sketch")],
        Collections = [new(Samples.Id(950).ToString(), "Seas")],
        Storage = new(3_100_000, 1_000_000_000),
        Done = "3 published. “A heron” was not published: it failed, so there is nothing to publish.",
    };
}
