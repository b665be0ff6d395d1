using Rpd.Web.Ui;

namespace Rpd.Web.Playground;

/// <summary>The page whose form has places for files.</summary>
/// <param name="Path">Its address; what serves the places stands below it.</param>
/// <param name="Name">What the way back to it says.</param>
/// <param name="Kept">What of its form goes along in addresses.</param>
public sealed record InputDesk(string Path, string Name, IReadOnlyList<(string Name, string? Value)> Kept)
{
    /// <summary>The page with a file in its place.</summary>
    public string With(params IEnumerable<(string Name, string? Value)> given) => Address.Of(Path, [.. Kept, .. given]);

    /// <summary>One's own files for a place.</summary>
    public string Picks(InputSlot slot, params IEnumerable<(string Name, string? Value)> which) => Address.Of(Path + "/picks", [("slot", slot.Name), .. Kept, .. which]);
}
