using Rpd.Server.Files;

namespace Rpd.Server.CustomModels;

/// <summary>Where a model's bytes lie: below its account's uploads, so that they go with the account.</summary>
internal static class CustomModelKeys
{
    public static string Folder(Guid account, Guid model) => FileKeys.Folder(account, model);

    /// <summary>What was uploaded. It is erased when the training has ended.</summary>
    public static string Examples(Guid account, Guid model) => Folder(account, model) + "/examples";

    public static string Weights(Guid account, Guid model) => Folder(account, model) + "/weights";
}
