using Rpd.Server.Accounts;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Server.Prompts;
using Rpd.Server.Templates;
using Rpd.Shared;
using Rpd.Shared.Prompts;
using Rpd.Web.Playground;

namespace Rpd.Server.Generations.Playground;

/// <summary>What changes the form before it is run. Scripts do most of it in the page; without them the form comes back changed, with everything typed in it.</summary>
public static class ChangeForm
{
    public static async Task<IResult> Change(HttpContext http, TakeForm take, DrawPlayground draw, CreditQueries credits, PlanList plans, TemplateQueries templates)
    {
        var (account, plan) = await Caller(http, credits, plans);
        var taken = await take.Run(http, account, plan);
        var (what, value) = http.Request.Form["do"].ToString().Split(':', 2) is [var verb, .. var rest] ? (verb, rest.FirstOrDefault()) : ("", null);
        var form = what switch
        {
            "fill" when Guid.TryParse(taken.Form.Template, out var id) && await templates.Find(id, account, http.RequestAborted) is { } template => taken.Form with { Prompt = TemplateText.Fill(template, taken.Form.Gaps) },
            "use" => taken.Form with { Prompt = taken.Sent.GetValueOrDefault("enhanced").FirstOrDefault() ?? taken.Form.Prompt },
            "add" => taken.Form with { Prompt = $"{taken.Form.Prompt?.TrimEnd('.', ',', ' ')}, {value}" },
            "remove" when value is not null => taken.Form.WithInput(value, null) with { ParentId = null },
            _ => taken.Form,
        };
        return await Page(http, draw, account, form, new([.. taken.Wrong.Where(error => !error.Field.StartsWith(PlaygroundForm.GapPrefix, StringComparison.Ordinal))]), null);
    }

    public static async Task<IResult> Enhance(
        HttpContext http, TakeForm take, DrawPlayground draw, CreditQueries credits, PlanList plans, EnhancePrompt enhance, ContentPolicy policy, RateLimits limits)
    {
        var (account, plan) = await Caller(http, credits, plans);
        var taken = await take.Run(http, account, plan);
        var style = taken.Form.Params.GetValueOrDefault("style");
        var fields = Fields.Of(taken.Fields);
        var prompt = fields.Text("prompt", Enrich.LengthMax, required: true);
        if (string.IsNullOrWhiteSpace(prompt) && fields.Errors.Count == 0) fields.Wrong("prompt", "prompt is required.");
        var refusal = fields.Refusal ?? policy.Refuse(("prompt", prompt), ("style", style));
        if (refusal is null && limits.Take(LimitKind.General, account, null, plan.Name) is { Admitted: false } late) refusal = RateLimits.Refuse(late);
        // A style is one line of a few words; what is no style says nothing about the prompt.
        var enhanced = refusal is null ? await enhance.Run(prompt!, taken.Form.Type!, style is { Length: <= 60 } && !style.Any(char.IsControl) ? style : null, http.RequestAborted) : null;
        var errors = refusal is null ? FormErrors.None : FormErrors.Of(refusal);
        var beside = new FormErrors([.. errors.All.Select(error => error.Field.Length > 0 ? error : error with { Field = "prompt" })]);
        return Pages.TakesStreams(http.Request) ? Pages.Streams<EnhancedStream>(new EnhancedModel(enhanced, beside), refusal is null ? 200 : Pages.StatusOf(refusal))
            : await Page(http, draw, account, taken.Form, new([.. beside.All, .. taken.Wrong]), enhanced);
    }

    // Turbo lets a form answer with a page only when something is wrong with it.
    private static async Task<IResult> Page(HttpContext http, DrawPlayground draw, Guid account, PlaygroundForm form, FormErrors errors, EnhancedPrompt? enhanced) =>
        Pages.Page<PlaygroundPage>(await draw.Run(account, form, errors, http.RequestAborted, enhanced), errors.Any || Pages.TakesStreams(http.Request) ? 422 : 200);

    private static async Task<(Guid Account, Plan Plan)> Caller(HttpContext http, CreditQueries credits, PlanList plans)
    {
        var account = http.User.AccountId()!.Value;
        return (account, plans.Of((await credits.Balance(account, http.RequestAborted)).Plan));
    }
}
