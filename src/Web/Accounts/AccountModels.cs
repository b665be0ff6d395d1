using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Shared.Notifications;

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

/// <param name="Zones">IANA names.</param>
/// <param name="Saved">What has just been done, in a sentence.</param>
public sealed record SettingsModel(AccountView Account, ProfileForm Form, FormErrors Errors, string? AvatarUrl, IReadOnlyList<string> Zones, string? Saved);

/// <param name="Saved">Whether that has just been done.</param>
public sealed record NotificationSettingsModel(IReadOnlyList<NotificationChoice> Choices, bool Saved);

/// <param name="Kind">What the letters are about, in words.</param>
/// <param name="Done">False asks, true says that it is done.</param>
public sealed record UnsubscribeModel(string Token, string Kind, bool Done);

public sealed record SessionsModel(IReadOnlyList<SessionView> Sessions);
