namespace Rpd.Shared.Notifications;

/// <summary>Something that people can be told of, as they choose how.</summary>
/// <param name="Label">In words.</param>
/// <param name="EmailByDefault">Whether a letter comes until somebody says otherwise; on the site they are told of everything until then.</param>
public sealed record NotificationKind(string Name, string Label, bool EmailByDefault)
{
    /// <summary>A new kind has its line here; one that has none is told on the site and by no letter.</summary>
    public static readonly IReadOnlyList<NotificationKind> All =
    [
        new(NotificationKinds.GenerationFailed, "A generation fails", false),
        new(NotificationKinds.CreditsLow, "Your credits run low", true),
        new(NotificationKinds.Billing, "A payment fails, or a plan ends", true),
        new(NotificationKinds.KeyCap, "An API key nears its cap", true),
        new(NotificationKinds.KeyFrozen, "An API key is frozen", true),
        new(NotificationKinds.Follow, "Somebody follows you", false),
        new(NotificationKinds.Like, "Somebody likes a work of yours", false),
        new(NotificationKinds.Referral, "Somebody you have invited brings you credits", false),
        new(NotificationKinds.WebhookPaused, "A webhook is paused", true),
        new(NotificationKinds.WorkHidden, "A moderator decides about a work of yours", true),
        new(NotificationKinds.WebhookDisabled, "A webhook is disabled", true),
    ];

    public static NotificationKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}

/// <summary>How somebody is told of a kind.</summary>
public sealed record NotificationChoice(NotificationKind Kind, bool Site, bool Email);
