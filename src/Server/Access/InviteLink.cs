using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Rpd.Server.Http;
using Rpd.Web.Ui;

namespace Rpd.Server.Access;

/// <summary>The link in an invitation. It names the invitation under a seal; whether that still stands its row says.</summary>
public sealed class InviteLink(IDataProtectionProvider protection, PublicAddress address)
{
    public const string Path = "/invite";

    private readonly IDataProtector protector = protection.CreateProtector("invite");

    public string To(Invite invite) => address.Link(Address.Of(Path, ("token", protector.Protect(invite.Id.ToString()))));

    /// <returns>Null when it is no link of ours.</returns>
    public Guid? Read(string? token)
    {
        if (string.IsNullOrEmpty(token) || token.Length > 1000) return null;
        try
        {
            return Guid.Parse(protector.Unprotect(token));
        }
        catch (CryptographicException)
        {
            // Mistyped, cut off or made up.
            return null;
        }
    }
}
