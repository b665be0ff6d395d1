using System.Text.Json;
using Rpd.Shared;
using Rpd.Shared.Audit;
using Rpd.Shared.Catalog;
using Rpd.Web.Admin;
using Rpd.Web.Ui;

namespace Rpd.Web.Tests.Support;

/// <summary>The administrators' pages.</summary>
internal static class AdminStates
{
    private static readonly Viewer Admin = Samples.Viewer with { IsAdmin = true };

    private static readonly ModelWishView Nothing = new(null, null, null, null, new Dictionary<string, JsonElement>());

    private static readonly AdminModelView Offered = new("studio-sketch", "studio", "Studio Sketch", ["text2image"], true, true, true, null, "active", "image", 1.5m, 1, 10, [], [],
        new Dictionary<string, JsonElement>(), Nothing, Nothing);

    private static readonly AdminModelView Tiered = Offered with
    {
        Id = "kling-3.0",
        Provider = "kling",
        DisplayName = "Kling <3.0>",
        SupportedTypes = ["text2video", "image2video"],
        Available = false,
        UnavailableReason = "Providers:kling:ApiKey is not set.",
        BillingUnit = "second",
        Tiers = [new(Json("""{"resolution":"720p"}"""), 2), new(Json("""{"resolution":["1080p","4k"],"audio":true}"""), 3.5m), new(Json("""{"resolution":"8k"}"""), null)],
        Alternatives = ["kling-2.6"],
        Defaults = Json("""{"resolution":"1080p"}"""),
        Settings = Nothing with { Hidden = true, Rate = 4, Defaults = Json("""{"duration":5}""") },
        Changes = new(false, null, 2.25m, ["kling-2.6"], Json("""{"resolution":"1080p"}""")),
    };

    private static readonly AdminModelsModel Models = new(null, null, [Offered, Tiered, Offered with { Id = "off", Shown = false, EnabledByDefault = false }, Offered with { Id = "hidden", Shown = false, Rate = null, Changes = Nothing with { Hidden = true } }], 140, 120,
        [new("kling", 12.5m, true), new("studio", 0, false)], [new("text2image", "studio-sketch", true), new("text2video", null, false)], null, FormErrors.None, null, null)
    { ByType = new Dictionary<string, IReadOnlyList<Choice>> { ["text2image"] = [new("studio-sketch", "Studio Sketch"), new("flux", "FLUX <2>")] } };

    private static readonly AdminModelModel Model = new(Tiered, [CatalogueStates.Model.Prices[0]],
        [new("resolution", ParamKind.Choice, ["720p", "1080p"], Default: "720p"), new("duration", ParamKind.Number, [], 3, 15, true, true), new("multiShot", ParamKind.Switch, []), new("style", ParamKind.Text, [])],
        7, null, FormErrors.None, false);

    private static readonly AuditView Entry = new(Samples.Id(990), Samples.Now, "@mara mara@example.org", "catalog.model", "kling-3.0", "{}", """{"rate":2.5}""", "203.0.113.7");

    public static readonly PageStates All = new()
    {
        ["administration, no second factor"] = (typeof(SecondFactorPage), new SecondFactorModel(false, false, "/admin"), Admin),
        ["administration, a code is wanted"] = (typeof(SecondFactorPage), new SecondFactorModel(true, true, "/admin/audit?q=a%20b"), Admin),
        ["administration, a passkey is wanted"] = (typeof(SecondFactorPage), new SecondFactorModel(false, true, "/admin"), Admin),
        ["admin models"] = (typeof(AdminModelsPage), Models, Admin),
        ["admin models, searched in vain"] = (typeof(AdminModelsPage), Models with { Q = "zebra", Models = [], Said = "Every rate of kling has 12.5 % on top." }, Admin),
        ["admin models, a margin refused"] = (typeof(AdminModelsPage), Models with { Form = AdminModelsModel.MarginForm("kling"), Errors = FormErrors.Of("percent", "percent must be a number."), Typed = "lots" }, Admin),
        ["admin models, a preference refused"] = (typeof(AdminModelsPage), Models with { Form = AdminModelsModel.PreferredForm("text2image"), Errors = FormErrors.Of("preferred", "There is no model x."), Typed = "x" }, Admin),
        ["admin model"] = (typeof(AdminModelPage), Model, Admin),
        ["admin model, saved"] = (typeof(AdminModelPage), Model with { Model = Offered with { EnabledByDefault = false }, Params = [], Saved = true }, Admin),
        ["admin model, refused"] = (typeof(AdminModelPage), Model with
        {
            Typed = new Dictionary<string, string> { ["rate"] = "much", ["defaults.resolution"] = "9k" },
            Errors = new([new("rate", "rate must be a number."), new("alternatives", "There is no model x."), new("defaults", "These do not go together."), new("defaults.resolution", "resolution must be one of: 720p, 1080p.")]),
        }, Admin),
        ["audit"] = (typeof(AuditPage), new AuditModel(new([Entry, Entry with { Id = Samples.Id(991), Before = null, After = null, Address = null }], "older"), "here"), Admin),
        ["audit, nothing like that"] = (typeof(AuditPage), new AuditModel(new([], null), null) { Filter = new(Samples.Id(1), "account", "thing") }, Admin),
        ["audit, nothing yet"] = (typeof(AuditPage), new AuditModel(new([], null), null), Admin),
    };

    private static Dictionary<string, JsonElement> Json(string text) => JsonDocument.Parse(text).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
}
