using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rpd.Shared;

namespace Rpd.Server.Accounts;

/// <summary>A new account's names, from the part of its address before the @; its owner may change them later.</summary>
public static class Names
{
    private const int LengthMin = 3, LengthMax = 30, Room = 6;

    /// <summary>Words that would let somebody speak for the house, or that are pages.</summary>
    private static readonly HashSet<string> Reserved =
    [
        "admin", "administrator", "root", "system", "sysadmin", "owner", "staff", "team", "mod", "moderator", "official", "support", "help", "info", "contact",
        "security", "abuse", "postmaster", "webmaster", "hostmaster", "noreply", "no_reply", "mail", "billing", "sales", "legal", "privacy", "terms", "api",
        "rpd", "rpdcreate", "rpd_create", "rapshee", "raypack", "studio", "sandbox", "explore", "works", "models", "templates", "pricing", "docs", "playground",
        "library", "collections", "settings", "sign_in", "sign_up", "sign_out", "login", "logout", "register", "keys", "usage", "notifications", "webhooks", "me",
        "you", "user", "users", "account", "accounts", "anonymous", "everyone", "nobody", "null", "undefined", "test", "demo",
    ];

    /// <summary>One that nobody has. Two sign-ups at once may find the same: the unique index decides, and the caller asks again.</summary>
    public static async Task<string> FreeHandle(AppDb db, string email, CancellationToken cancel)
    {
        var wanted = Handle(email);
        var candidate = Reserved.Contains(wanted) ? Numbered(wanted) : wanted;
        while (await db.Accounts.AnyAsync(account => account.Handle == candidate, cancel) || await db.FormerHandles.AnyAsync(former => former.Handle == candidate, cancel))
            candidate = Numbered(wanted);
        return candidate;
    }

    /// <summary>Why somebody may not be called so; null when the rule has nothing against it. Whether it is free is another question.</summary>
    internal static string? WrongHandle(string handle) => handle switch
    {
        { Length: < LengthMin or > LengthMax } => $"A handle has {LengthMin} to {LengthMax} characters.",
        _ when !handle.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_') => "A handle has letters from a to z, digits and underscores.",
        _ when Reserved.Contains(handle) => "This handle cannot be had.",
        _ => null,
    };

    /// <summary><c>ada.lovelace+art@example.org</c> is <c>ada_lovelace</c>.</summary>
    internal static string Handle(string email)
    {
        var letters = new StringBuilder();
        foreach (var letter in LocalPart(email).Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter)) letters.Append(letter);
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && letters is not ([] or [.., '_'])) letters.Append('_');
        }
        var handle = letters.ToString().Trim('_');
        if (handle.Length > LengthMax - Room) handle = handle[..(LengthMax - Room)].Trim('_');
        return handle.Length >= LengthMin ? handle : (handle.Length == 0 ? "artist" : handle + "_art");
    }

    /// <summary><c>ada.lovelace+art@example.org</c> is <c>Ada Lovelace</c>.</summary>
    internal static string Display(string email)
    {
        var words = LocalPart(email).Split(['.', '_', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var name = string.Join(' ', words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return name.Length switch { 0 => "New artist", > 60 => Cut.At(name, 60).TrimEnd(), _ => name };
    }

    private static string Numbered(string handle) =>
        string.Create(CultureInfo.InvariantCulture, $"{handle}_{RandomNumberGenerator.GetInt32(100, 99_999)}");

    private static string LocalPart(string email) => email[..email.LastIndexOf('@')].Split('+')[0];
}
