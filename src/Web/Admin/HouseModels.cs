using Rpd.Shared.Admin;

namespace Rpd.Web.Admin;

/// <param name="Said">What the last form has done.</param>
public sealed record SwitchesModel(IReadOnlyList<(Switch Switch, bool On)> Switches, string? Said)
{
    public RefusedAction Refused { get; init; } = RefusedAction.None;
}

/// <param name="Announcements">The newest first, past ones too.</param>
/// <param name="Said">What the last form has done.</param>
public sealed record AnnouncementsModel(IReadOnlyList<AnnouncementView> Announcements, string? Said)
{
    public RefusedAction Refused { get; init; } = RefusedAction.None;
}
