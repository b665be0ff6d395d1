using Rpd.Shared;
using Rpd.Shared.Collections;
using Rpd.Shared.Explore;
using Rpd.Shared.Generations;
using Rpd.Web.Collections;
using Rpd.Web.Explore;

namespace Rpd.Web.Tests.Support;

/// <summary>Works, collections and the choice about works for adults.</summary>
public static class GalleryStates
{
    public static readonly WorkModel Whole = Samples.Work with
    {
        Price = 3,
        Ancestors = [Samples.Item(3), Samples.Item(4) with { Mature = true }],
        Remixes = [Samples.Item(6)],
        ByAuthor = [Samples.Item(7), Samples.Item(9)],
        Similar = [Samples.Item(8) with { Mature = true }],
    };

    public static readonly WorkModel Veiled = Samples.Work with
    {
        Veiled = true,
        Work = new(Samples.Item(0) with { Mature = true })
        {
            Outputs = Samples.Work.Work.Outputs,
            Params = Samples.Work.Work.Params,
            NegativePrompt = null,
            ParentId = null,
            Tags = [],
        }
    };

    public static readonly CollectionView Seas = new(Samples.Id(900), "Seas", "Everything blue.", Visibility.Public, $"/media/{Samples.Id(501)}/480.webp", 3, Samples.Viewer.AccountId, Samples.Now);

    public static CollectionItemView Kept(int n, string visibility = Visibility.Public)
    {
        var item = Samples.Item(n);
        return new(item.Id, item.Title, item.Prompt, item.Type, item.Model, item.Provider, item.Author, visibility, item.ContentType, item.Thumbnails, item.BlurHash, item.Width, item.Height, item.DurationSeconds, Samples.Now);
    }

    public static CollectionModel Collection(bool own = false, bool arranging = false) => new(
        Seas, Samples.Author, new([Kept(0), Kept(9), Kept(2, Visibility.Private)], null), null, own, arranging, new() { Name = "Seas", Description = "Everything blue.", Visibility = Visibility.Public }, FormErrors.None, Samples.Base);

    public static readonly PageStates All = new()
    {
        ["explore, every filter"] = (typeof(ExplorePage), Samples.ExplorePage with { Filter = new("top", "week", "text2image", "studio-sketch", "sea", "fog", "wide") }, null),
        ["work, with all around it"] = (typeof(WorkPage), Whole, Samples.Viewer),
        ["work, several outputs"] = (typeof(WorkPage), Whole with { Work = Several() }, null),
        ["work, veiled"] = (typeof(WorkPage), Veiled, null),
        ["work, veiled for somebody"] = (typeof(WorkPage), Veiled, Samples.Viewer),
        ["report"] = (typeof(ReportPage), new ReportModel(Samples.Id(100), "A lighthouse", null, "words", new([new("reason", "Choose what is wrong."), new("details", "Too long.")]), Sent: false), Samples.Viewer),
        ["report, sent"] = (typeof(ReportPage), new ReportModel(Samples.Id(100), "A lighthouse", null, null, FormErrors.None, Sent: true), Samples.Viewer),
        ["content settings"] = (typeof(ContentPage), new ContentModel(MatureWorks.Blur, FormErrors.Of("mature", "Choose one of these."), Saved: true), Samples.Viewer),
        ["collections"] = (typeof(CollectionsPage), new CollectionsModel(new([Seas, Seas with { Id = Samples.Id(901), CoverUrl = null, ItemCount = 1, Visibility = Visibility.Private }], "next"), null, new(), new([new("name", "Give it a name."), new("visibility", "Choose one.")])), Samples.Viewer),
        ["collections, none"] = (typeof(CollectionsPage), new CollectionsModel(new([], null), null, new(), FormErrors.None), Samples.Viewer),
        ["collections, behind the last"] = (typeof(CollectionsPage), new CollectionsModel(new([], null), "c", new(), FormErrors.None), Samples.Viewer),
        ["collection"] = (typeof(CollectionPage), Collection(), null),
        ["collection, own"] = (typeof(CollectionPage), Collection(own: true) with { Errors = FormErrors.Of("name", "Give it a name.") }, Samples.Viewer),
        ["collection, arranged"] = (typeof(CollectionPage), Collection(own: true, arranging: true) with { Cursor = "abc" }, Samples.Viewer),
        ["collection, own and empty"] = (typeof(CollectionPage), Collection(own: true) with { Items = new([], null) }, Samples.Viewer),
        ["collection, empty"] = (typeof(CollectionPage), Collection() with { Items = new([], null), Collection = Seas with { Visibility = Visibility.Unlisted, CoverUrl = null, Description = null } }, null),
        ["collect"] = (typeof(CollectPage), new CollectModel(Samples.Id(100), "A lighthouse", [new(Samples.Id(900), "Seas", true), new(Samples.Id(901), "Skies", false)], "x", FormErrors.Of("name", "Too long."), Saved: true), Samples.Viewer),
        ["collect, none yet"] = (typeof(CollectPage), new CollectModel(Samples.Id(100), "A lighthouse", [], null, FormErrors.None, Saved: false), Samples.Viewer),
    };

    private static WorkView Several() => new(Samples.Item(0))
    {
        Outputs = [Samples.Work.Work.Outputs[0], Samples.Work.Work.Outputs[0] with { ThumbnailUrl = $"/media/{Samples.Id(500)}/320.webp" }],
        Params = Samples.Work.Work.Params,
        NegativePrompt = null,
        ParentId = null,
        Tags = ["fog"],
    };
}
