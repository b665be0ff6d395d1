using Rpd.Shared;

namespace Rpd.Web.Admin;

/// <summary>A form of a page with several that was refused.</summary>
/// <param name="Form">Which one: the id of its <see cref="ReasonForm"/>.</param>
/// <param name="Typed">What stood in it.</param>
public sealed record RefusedAction(string Form, FormErrors Errors, IReadOnlyDictionary<string, string> Typed)
{
    public static readonly RefusedAction None = new("", FormErrors.None, new Dictionary<string, string>());

    public FormErrors ErrorsOf(string form) => form == Form ? Errors : FormErrors.None;

    public string? TypedOf(string form, string field) => form == Form ? Typed.GetValueOrDefault(field) : null;
}
