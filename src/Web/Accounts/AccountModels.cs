using Rpd.Shared;
using Rpd.Shared.Accounts;

namespace Rpd.Web.Accounts;

/// <param name="Open">False when the operator has closed sign-up: the page says so and shows no form.</param>
/// <param name="FreeCredits">What a confirmed new account is given; 0 when it is given nothing.</param>
public sealed record SignUpModel(SignUpForm Form, FormErrors Errors, bool Open, long FreeCredits);

/// <param name="OfferConfirmation">True after a right password for an address that is not confirmed: offers to send the mail again.</param>
/// <param name="Ended">Somebody was writing when their session ended.</param>
public sealed record SignInModel(SignInForm Form, FormErrors Errors, bool SignUpOpen, bool OfferConfirmation = false, bool Ended = false);

public sealed record ForgotPasswordModel(ForgotPasswordForm Form, FormErrors Errors);

public sealed record ResetPasswordModel(ResetPasswordForm Form, FormErrors Errors);

public sealed record FirstAdminModel(FirstAdminForm Form, FormErrors Errors);

/// <summary>A page that says one thing and offers one way on: "check your mail", "address confirmed", "link expired".</summary>
/// <param name="ResendTo">When set, offers to send the confirmation to this address again.</param>
public sealed record NoticeModel(string Title, string Text, string LinkText, string LinkAddress, string? ResendTo = null);

public sealed record SettingsModel(AccountView Account);

public sealed record SessionsModel(IReadOnlyList<SessionView> Sessions);
