using Rpd.Server.Media;

namespace Rpd.Server.Files;

/// <summary>Where uploads lie: everything of an account below one prefix, everything of a file below another, so that either is erased in one go.</summary>
public static class FileKeys
{
    public static string OfAccount(Guid account) => $"uploads/{account:N}";

    public static string Folder(Guid account, Guid file) => $"{OfAccount(account)}/{file:N}";

    /// <summary>Where an upload is written, and written again, until it is confirmed.</summary>
    public static string Incoming(Guid account, Guid file) => $"{Folder(account, file)}/incoming";

    /// <summary>A place that is used once and that no upload reaches.</summary>
    public static string Kept(Guid account, Guid file, string contentType) => $"{Folder(account, file)}/{Guid.CreateVersion7():N}{MediaTypes.Extension(contentType)}";
}
