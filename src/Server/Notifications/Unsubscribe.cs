using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Rpd.Server.Http;
using Rpd.Server.Mail;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Notifications;

/// <summary>The link in a letter that ends letters of its kind: sealed, so that it needs nobody signed in, and good for as long as there is the letter.</summary>
public sealed class Unsubscribe(IDataProtectionProvider protection, PublicAddress address)
{
    public const string Path = "/unsubscribe";

    private readonly IDataProtector protector = protection.CreateProtector("unsubscribe");

    /// <summary>The letter with a link at its end, and for mail programs in its header.</summary>
    public Letter Offer(Guid account, string kind, string to, string subject, params string[] paragraphs)
    {
        var link = address.Link($"{Path}/{protector.Protect($"{account} {kind}")}");
        string[] end = [$"You get letters like this because “{NotificationKind.Find(kind)?.Label ?? kind}” is set to e-mail. No more of them:", link];
        return LetterText.Write(to, subject, [.. paragraphs, .. end]) with { Unsubscribe = link };
    }

    /// <returns>Null when it is no link of ours.</returns>
    public (Guid Account, string Kind)? Read(string token)
    {
        if (token.Length > 1000) return null;
        try
        {
            return protector.Unprotect(token).Split(' ') is [var account, var kind] ? (Guid.Parse(account), kind) : null;
        }
        catch (CryptographicException)
        {
            // Mistyped, cut off or made up.
            return null;
        }
    }
}
