using System.Globalization;
using Rpd.Server.Http;
using Rpd.Server.Mail;

namespace Rpd.Server.Access;

/// <summary>What we write to people about access.</summary>
public sealed class AccessLetters(InviteLink links, PublicAddress address)
{
    public Letter Invitation(Invite invite) => LetterText.Write(invite.Email, "Your invitation to RPD Create",
        "You are invited to RPD Create. Open your account here, by choosing a password:",
        links.To(invite),
        string.Create(CultureInfo.InvariantCulture, $"The link works once, for this address, until {invite.ExpiresAt:d MMMM yyyy} (UTC). If you do not know what this is about, ignore this letter: nothing happens without it."));

    /// <summary>Without a word of theirs: anybody can ask with anybody's address.</summary>
    public Letter Declined(AccessRequest request, string reason) => LetterText.Write(request.Email, "Your request for access to RPD Create",
        "Thank you for telling us about your project. We cannot give you access at the moment:",
        reason,
        "The public gallery is open to everybody:", address.Link("/explore"));
}
