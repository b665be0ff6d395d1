using Rpd.Shared;
using Rpd.Shared.Notifications;
using Rpd.Web.Accounts;
using Rpd.Web.PersonalData;
using Rpd.Web.ProviderKeys;

namespace Rpd.Web.Tests.Support;

/// <summary>One's own account: profile, notices, data.</summary>
public static class AccountStates
{
    private const string Picture = "/avatars/0193000174a1c7000800000000000001/288.webp";

    public static readonly DataModel Data = new("mara", 1, 4_200_000, 1240, 14, new(), FormErrors.None, FormErrors.None);

    public static readonly NotificationSettingsModel Notices = new([.. NotificationKind.All.Select(kind => new NotificationChoice(kind, true, kind.EmailByDefault))], Saved: false);

    public static readonly ProviderKeysModel ProviderKeys = new(
        [
            new("google", ["serviceAccount", "project", "location"], null, FormErrors.None),
            new("heygen", ["apiKey"], new("heygen", "•••", Samples.Now, null, null), FormErrors.None),
            new("kling", ["apiKey", "accessKey", "secretKey"], new("kling", "•••7731", Samples.Now.AddDays(-9), Samples.Now, Samples.Now.AddDays(-9)), FormErrors.None),
        ], 20, null);

    public static readonly PageStates All = new()
    {
        ["settings, with a picture, just saved"] = (typeof(SettingsPage), Samples.Settings with { AvatarUrl = Picture, Saved = "Saved." }, Samples.Viewer with { AvatarUrl = Picture, TimeZone = "Europe/Berlin" }),
        ["settings, refused"] = (typeof(SettingsPage), Samples.Settings with
        {
            Errors = new([new("displayName", "Write the name that others see."), new("handle", "Somebody else has this handle."), new("bio", "Too long."), new("timeZone", "Choose one."), new("picture", "Too large.")]),
        }, Samples.Viewer),
        ["notification settings"] = (typeof(NotificationSettingsPage), Notices, Samples.Viewer),
        ["notification settings, saved"] = (typeof(NotificationSettingsPage), Notices with { Saved = true }, Samples.Viewer),
        ["unsubscribe"] = (typeof(UnsubscribePage), new UnsubscribeModel("abc-_1", "Your credits run low", Done: false), null),
        ["unsubscribed"] = (typeof(UnsubscribePage), new UnsubscribeModel("abc-_1", "Your credits run low", Done: true), null),
        ["your data"] = (typeof(DataPage), Data, Samples.Viewer),
        ["your data, refused"] = (typeof(DataPage), Data with
        {
            Balance = 0,
            ExportErrors = new([new("password", "This is not your password."), new("", "A download is under way already.")]),
            LeaveErrors = new([new("handle", "Type your handle, mara."), new("password", "Enter your password.")]),
        }, Samples.Viewer),
        ["provider keys"] = (typeof(ProviderKeysPage), ProviderKeys, Samples.Viewer),
        ["provider keys, just saved"] = (typeof(ProviderKeysPage), ProviderKeys with { Said = "Saved. kling takes the key." }, Samples.Viewer),
        ["provider keys, refused"] = (typeof(ProviderKeysPage), ProviderKeys with
        {
            Providers = [.. ProviderKeys.Providers.Select(line => line with { Errors = line.Provider == "heygen" ? FormErrors.None : new([.. line.Fields.Select(field => new FieldError(field, "It is not taken."))]) })],
        }, Samples.Viewer),
        ["provider keys, none to have"] = (typeof(ProviderKeysPage), ProviderKeys with { Providers = [] }, Samples.Viewer),
        ["leaving"] = (typeof(LeavingPage), new LeavingModel(Samples.Now, new() { Account = "1", Token = "t" }), null),
    };
}
