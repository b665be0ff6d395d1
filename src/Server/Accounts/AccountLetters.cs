using Rpd.Server.Http;
using Rpd.Server.Mail;

namespace Rpd.Server.Accounts;

/// <summary>What we write to people about their account.</summary>
public sealed class AccountLetters(PublicAddress address, MailedTokens tokens)
{
    /// <summary>An account without a password was signed up for with two (see <see cref="SignUp"/>): confirming it means choosing one.</summary>
    public Letter Confirm(Account account) => account.PasswordHash is null ? Choose(account) : LetterText.Write(account.Email!, "Confirm your e-mail address",
        "Welcome to RPD Create! Please confirm that this address is yours:",
        Link("/confirm", MailedTokens.Confirm, account),
        "The link works for 24 hours. If you did not sign up, ignore this letter: nothing happens without it.");

    private Letter Choose(Account account) => LetterText.Write(account.Email!, "Confirm your e-mail address",
        "Welcome to RPD Create! There were several sign-ups with this address, each with another password, so none of these passwords counts. Choose yours here; that confirms the address too:",
        Link("/reset-password", MailedTokens.Reset, account),
        "The link works once, for one hour. If it is too old, have a new one sent:",
        address.Link("/forgot-password"),
        "If you did not sign up, ignore this letter: nothing happens without it.");

    public Letter AlreadyHere(Account account) => LetterText.Write(account.Email!, "You already have an account",
        "Somebody, probably you, tried to sign up to RPD Create with this address. You have an account already, so just sign in:",
        address.Link("/sign-in"),
        "If you have forgotten your password, choose a new one here:",
        address.Link("/forgot-password"),
        "If it was not you, there is nothing to do: your account is unchanged.");

    public Letter Reset(Account account) => LetterText.Write(account.Email!, "Choose a new password",
        "You can choose a new password for your RPD Create account here:",
        Link("/reset-password", MailedTokens.Reset, account),
        "The link works once, for one hour. If you did not ask for it, ignore this letter: your password is unchanged.");

    public Letter Welcome(Account account, long credits) => LetterText.Write(account.Email!, "Welcome to RPD Create",
        $"Hello {account.DisplayName}, your account is ready.",
        credits > 0 ? $"We have put {credits} credits into it, so that you can try things out:" : "Make your first picture:",
        address.Link("/playground"),
        $"Your account id is {account.Id}. Programs need it to sign in to the text and vision endpoints; you also find it in your settings.");

    public Letter PasswordChanged(Account account) => LetterText.Write(account.Email!, "Your password was changed",
        "The password of your RPD Create account was just changed. Every device was signed out, and passkeys were removed.",
        "If that was not you, choose a new password at once:",
        address.Link("/forgot-password"));

    /// <param name="account">With its <see cref="Account.DeleteAfter"/>.</param>
    public Letter Leaving(Account account, string day) => LetterText.Write(account.Email!, "Your account will be deleted",
        $"You have asked us to delete your RPD Create account. It will be deleted on {day}; until then nobody sees your works, and your API keys do not work.",
        "If you want to keep it, say so here before that day:",
        address.Link(LeavingLink.To(tokens, account)),
        "If it was not you, keep the account, then choose a new password at once:",
        address.Link("/forgot-password"));

    public Letter Exported(Account account) => LetterText.Write(account.Email!, "A copy of your data was downloaded",
        "Somebody, probably you, has just downloaded a copy of everything in your RPD Create account, after entering your password.",
        "If it was not you, choose a new password at once:",
        address.Link("/forgot-password"));

    public Letter TwoFactorOn(Account account) => Changed(account, "Two-factor is on", "Signing in to your RPD Create account now asks for a code of your authenticator app, beside the password.");

    public Letter TwoFactorOff(Account account) => Changed(account, "Two-factor is off", "Signing in to your RPD Create account no longer asks for a code of an authenticator app.");

    public Letter RecoveryCodesRenewed(Account account) => Changed(account, "You have new recovery codes", "New recovery codes were made for your RPD Create account. The old ones no longer work.");

    public Letter RecoveryCodeUsed(Account account, int left) => Changed(account, "A recovery code was used",
        $"Somebody, probably you, used a recovery code of your RPD Create account. {(left == 1 ? "1 is" : $"{left} are")} left; you can make new ones in your settings.");

    /// <param name="name">Not in the letter's subject: it is a person's own words.</param>
    public Letter PasskeyAdded(Account account, string name) => Changed(account, "A passkey was added", $"The passkey “{name}” can now sign in to your RPD Create account.");

    public Letter PasskeyRemoved(Account account, string name) => Changed(account, "A passkey was removed", $"The passkey “{name}” can no longer sign in to your RPD Create account.");

    private Letter Changed(Account account, string subject, string what) => LetterText.Write(account.Email!, subject, what,
        "You see all of it here:",
        address.Link("/settings/security"),
        "If that was not you, choose a new password at once, which signs every device out and removes every passkey:",
        address.Link("/forgot-password"));

    private string Link(string path, string purpose, Account account) =>
        address.Link($"{path}?account={account.Id}&token={Uri.EscapeDataString(tokens.Issue(purpose, account))}");
}
