using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Rpd.Shared;

namespace Rpd.Server.Accounts;

/// <summary>Keeps strangers from using us to fill other people's mailboxes.</summary>
public sealed class LetterLimits(Attempts attempts, IOptions<AccountOptions> options)
{
    /// <summary>Told to the asker: it is about their network and not about any account.</summary>
    public Refusal? Network(IPAddress? address) =>
        attempts.Take("letters", Accounts.Network.Of(address), options.Value.LettersPerNetwork, TimeSpan.FromMinutes(10)) is { } wait ? Busy(wait) : null;

    /// <summary>Never told to the asker: the answer stays the same and the letter stays unwritten.</summary>
    public bool MayWriteTo(string email) =>
        attempts.Take("letter", EmailAddress.Mailbox(email), options.Value.LettersPerAddress, TimeSpan.FromHours(1)) is null;

    internal static Refusal Busy(TimeSpan wait)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes));
        return new("RATE_LIMITED", 429, string.Create(CultureInfo.InvariantCulture, $"Too many tries from your network. Please wait {minutes} minute{(minutes == 1 ? "" : "s")}."));
    }
}
