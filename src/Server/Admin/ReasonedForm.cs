using Rpd.Server.Accounts;
using Rpd.Server.Audit;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Admin;

namespace Rpd.Server.Admin;

/// <summary>A posted form of an administrator. Each says why; what is wrong with it is known only after its fields were read.</summary>
internal sealed class ReasonedForm
{
    public const int ReasonMax = 500;

    /// <summary>What was done, for the page after the redirect.</summary>
    public const string Said = "admin-said";

    private readonly IFormCollection posted;

    private ReasonedForm(IFormCollection posted, Actor by) => (this.posted, By, Fields) = (posted, by, Fields.Of(posted));

    public Actor By { get; }

    public Fields Fields { get; }

    public string Reason { get; private set; } = "";

    public static async Task<ReasonedForm> Read(HttpContext http)
    {
        var form = new ReasonedForm(await http.Request.ReadFormAsync(http.RequestAborted), Actor.Of(http, http.User.AccountId()!.Value));
        var reason = form.Fields.Text("reason", ReasonMax);
        if (string.IsNullOrWhiteSpace(reason)) form.Fields.Wrong("reason", "Say why: it is written down with the change.");
        form.Reason = reason?.Trim() ?? "";
        return form;
    }

    /// <param name="form">The id of the form on its page.</param>
    public RefusedAction Refused(string form, Refusal refusal) => new(form, FormErrors.Of(refusal), posted.ToDictionary(field => field.Key, field => field.Value.ToString()));
}
