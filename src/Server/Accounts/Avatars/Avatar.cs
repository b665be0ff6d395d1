using System.Globalization;

namespace Rpd.Server.Accounts.Avatars;

/// <summary>
/// The picture beside a name. Each has an id of its own that nobody can guess, so that its address may be kept for ever: another picture is another address.
/// </summary>
public static class Avatar
{
    public const int Small = 96, Large = 288;

    /// <summary>Everything of one picture, to be erased together.</summary>
    public static string Folder(Guid avatar) => $"avatars/{avatar:N}";

    public static string Key(Guid avatar, int size) => string.Create(CultureInfo.InvariantCulture, $"{Folder(avatar)}/{size}.webp");

    /// <summary>A path of this server; the API puts <c>PublicUrl</c> before it.</summary>
    public static string? Url(Guid? avatar, int size = Small) => avatar is { } id ? "/" + Key(id, size) : null;
}
