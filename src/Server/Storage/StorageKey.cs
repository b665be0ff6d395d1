using System.Text.RegularExpressions;

namespace Rpd.Server.Storage;

/// <summary>What a key may look like: it never leads out of the storage, whatever stands behind it.</summary>
internal static partial class StorageKey
{
    /// <returns>The key itself.</returns>
    public static string Check(string key) => Shape().IsMatch(key) && !key.Contains("..", StringComparison.Ordinal)
        ? key : throw new ArgumentException($"'{key}' is not a storage key.", nameof(key));

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9.-]*)*$")]
    private static partial Regex Shape();
}
