using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Web.ApiKeys;

/// <param name="Form">The form for a new key: fresh, or as typed after a refusal.</param>
/// <param name="Created">The key just made or rotated, with its secret: shown once.</param>
/// <param name="BaseAddress">Scheme and host without a slash at the end, for the quick start.</param>
/// <param name="Refused">Errors of a form in the table (<c>name</c> for a mistyped confirmation, <c>graceDays</c>, or the fields that change it).</param>
public sealed record KeysModel(
    IReadOnlyList<ApiKeyView> Keys, ApiKeyForm Form, FormErrors Errors, ApiKeyView? Created, string BaseAddress, RefusedKey? Refused = null);

/// <param name="Edited">What was typed into the form that changes it; null when it was another one.</param>
public sealed record RefusedKey(Guid Id, FormErrors Errors, ApiKeyForm? Edited = null);
