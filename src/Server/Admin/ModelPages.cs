using System.Globalization;
using System.Text.Json;
using Rpd.Server.Accounts;
using Rpd.Server.Audit;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Web.Admin;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

/// <summary>The catalogue for administrators: what is offered, at which price, and what they want otherwise.</summary>
public static class ModelPages
{
    private const string Saved = "admin-saved";

    public static void MapModelPages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/models", (HttpContext http, DrawModels draw, Flash flash) => draw.List(http, said: flash.Take(http, Saved)));
        admin.MapGet("/models/{id}", (string id, HttpContext http, DrawModels draw, Flash flash) => draw.Show(http, id, saved: flash.Take(http, Saved) == id));
        admin.MapPost("/models/{id}", Change);
        admin.MapPost("/providers/{name}/margin", Margin);
        admin.MapPost("/types/{type}/preferred", Prefer);
        // Reloading a refused form without scripts leads back.
        admin.MapGet("/providers/{name}/margin", (string name) => See("/admin/models"));
        admin.MapGet("/types/{type}/preferred", (string type) => See("/admin/models"));
    }

    private static async Task<IResult> Change(string id, HttpContext http, ChangeModel change, DrawModels draw, ModelCatalog catalog, Flash flash)
    {
        if (catalog.Item(id) is not { } item) return Results.NotFound();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = Fields.Of(form);
        var (hidden, enabled, rate, alternatives, seen) = (fields.Flag("hidden"), fields.Flag("enabled"), fields.Number("rate", 0, 100_000), fields.Text("alternatives", 2000), fields.Integer("seen", 0, long.MaxValue));
        var defaults = fields.Object("defaults");
        var wanted = new ModelChange
        {
            Hidden = hidden,
            Enabled = enabled,
            Rate = rate,
            Alternatives = alternatives?.Split([',', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } ids ? ids : null,
            Defaults = item.Data.Rules.Where(rule => rule.Value is not null && defaults.Has(rule.Key)).ToDictionary(rule => rule.Key, rule => defaults.Read(rule.Key)!.Value),
        };
        if (fields.Refusal is { } unread) return await Again(unread);
        var changed = await change.Run(Actor.Of(http, http.User.AccountId()!.Value), id, _ => wanted, asText: true, seen ?? -1, http.RequestAborted);
        if (changed.Declined) return await Again(changed.Refusal);
        flash.Give(http, Saved, id);
        return See($"/admin/models/{id}");

        // What somebody else has saved meanwhile is shown instead of what was typed.
        Task<IResult> Again(Refusal refusal) => draw.Show(http, id, refusal.Status == StatusCodes.Status409Conflict ? null : form.ToDictionary(field => field.Key, field => field.Value.ToString()), FormErrors.Of(refusal), status: StatusOf(refusal));
    }

    private static async Task<IResult> Margin(string name, HttpContext http, SetMargin set, DrawModels draw, Flash flash)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = Fields.Of(form);
        var percent = fields.Number("percent", 0, 1000);
        var done = fields.Refusal is { } unread ? unread : await set.Run(Actor.Of(http, http.User.AccountId()!.Value), name, percent, http.RequestAborted);
        if (done.Refusal is { Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (done.Declined) return draw.List(http, AdminModelsModel.MarginForm(name), FormErrors.Of(done.Refusal), form["percent"], status: StatusOf(done.Refusal));
        flash.Give(http, Saved, string.Create(CultureInfo.InvariantCulture, $"Every rate of {name} has {done.Value} % on top."));
        return See("/admin/models");
    }

    private static async Task<IResult> Prefer(string type, HttpContext http, PreferModel prefer, DrawModels draw, Flash flash)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = Fields.Of(form);
        var model = fields.Text("preferred", 200)?.Trim();
        var done = fields.Refusal is { } unread ? unread : await prefer.Run(Actor.Of(http, http.User.AccountId()!.Value), type, string.IsNullOrEmpty(model) ? null : model, http.RequestAborted);
        if (done.Refusal is { Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (done.Declined) return draw.List(http, AdminModelsModel.PreferredForm(type), FormErrors.Of(done.Refusal), form["preferred"], status: StatusOf(done.Refusal));
        flash.Give(http, Saved, model is { Length: > 0 } ? $"{model} is offered first for {type}." : $"Whichever model runs is offered for {type}.");
        return See("/admin/models");
    }
}
