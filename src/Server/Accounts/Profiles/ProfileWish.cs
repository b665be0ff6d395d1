using Rpd.Shared;
using Rpd.Shared.Accounts;

namespace Rpd.Server.Accounts.Profiles;

/// <summary>A profile as it was typed, once nothing is wrong with it.</summary>
public sealed record ProfileWish(string DisplayName, string Handle, string? Bio, string TimeZone, bool LikesPublic)
{
    public static Outcome<ProfileWish> Read(ProfileForm form)
    {
        var wrong = new List<FieldError>();
        var name = (form.DisplayName ?? "").Trim();
        var handle = (form.Handle ?? "").Trim().TrimStart('@').ToLowerInvariant();
        var bio = (form.Bio ?? "").ReplaceLineEndings("\n").Trim();
        var zone = string.IsNullOrEmpty(form.TimeZone) ? TimeZones.Automatic : form.TimeZone;
        if (name.Length == 0) wrong.Add(new("displayName", "Write the name that others see."));
        else if (name.Length > ProfileForm.DisplayNameMax) wrong.Add(new("displayName", $"A name may have {ProfileForm.DisplayNameMax} characters at most."));
        else if (name.Any(Unseen)) wrong.Add(new("displayName", "A name is one line of plain letters."));
        if (Names.WrongHandle(handle) is { } rule) wrong.Add(new("handle", rule));
        if (bio.Length > ProfileForm.BioMax) wrong.Add(new("bio", $"It may have {ProfileForm.BioMax} characters at most; it has {bio.Length}."));
        else if (bio.Contains('\0', StringComparison.Ordinal)) wrong.Add(new("bio", "It holds a character that cannot be kept."));
        if (zone != TimeZones.Automatic && TimeZones.Chosen(zone) is null) wrong.Add(new("timeZone", "Choose a time zone from the list."));
        return wrong.Count > 0 ? Refusal.Invalid(wrong) : new ProfileWish(name, handle, bio.Length == 0 ? null : bio, zone, form.LikesPublic);
    }

    // Control characters, and those that turn the direction of the words around a name.
    private static bool Unseen(char letter) => char.IsControl(letter) || letter is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';
}
