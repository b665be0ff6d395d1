using Rpd.Shared;
using Rpd.Shared.Accounts;

namespace Rpd.Web.Accounts;

/// <param name="NewName">What the next passkey would be called.</param>
/// <param name="Fresh">False when it is a while since its owner showed who they are: changes wait until they do again.</param>
/// <param name="Refused">The form that was refused, and why.</param>
public sealed record SecurityModel(SecurityView Security, string NewName, bool Fresh, RefusedForm? Refused = null)
{
    public FormErrors ErrorsOf(string form) => Refused?.Form == form ? Refused.Errors : FormErrors.None;
}

/// <param name="Form">Which of the page's forms: one of the names here, or a passkey's id.</param>
public sealed record RefusedForm(string Form, FormErrors Errors)
{
    public const string Codes = "codes", Off = "off", Add = "add";
}

/// <summary>An authenticator app is being tied to the account.</summary>
/// <param name="QrPath">An SVG path, one unit a module, <paramref name="QrSize"/> modules wide.</param>
/// <param name="Key">What the QR code holds, for typing, in groups of four.</param>
public sealed record TwoFactorModel(string QrPath, int QrSize, string Key, FormErrors Errors);

/// <summary>Shown once.</summary>
public sealed record RecoveryCodesModel(IReadOnlyList<string> Codes);

/// <summary>Somebody who has been signed in for a while shows again who they are.</summary>
/// <param name="Code">The password alone will not do.</param>
public sealed record ProveModel(string? ReturnUrl, FormErrors Errors, bool Code = false);

/// <summary>The step after the password.</summary>
public sealed record CodeModel(CodeForm Form, FormErrors Errors);
