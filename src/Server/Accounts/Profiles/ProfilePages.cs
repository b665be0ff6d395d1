using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts.Avatars;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Web.Accounts;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Accounts.Profiles;

/// <summary>The first page of the settings: what others see of somebody, and the facts of the account.</summary>
public static class ProfilePages
{
    private const string Home = "/settings", Saved = "profile-saved";

    /// <summary>More than a picture may have, so that one that is a little too large is refused in words.</summary>
    private const int UploadBytesMax = 2 * SetAvatar.BytesMax;

    public static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.AddSingleton<OwnProfile>().AddSingleton<ChangeProfile>().AddSingleton<HandleQueries>().AddSingleton<ForgetHandles>().AddSingleton<CropPicture>().AddSingleton<SetAvatar>();
        return services.AddScoped<CheckPassword>().AddJob<EraseAvatar>(EraseAvatar.Kind);
    }

    /// <param name="settings">The group of <c>/settings</c>, for those who are signed in.</param>
    public static void MapProfilePages(this RouteGroupBuilder settings)
    {
        settings.MapGet("", (HttpContext http, AccountQueries accounts, OwnProfile own, Flash flash, CancellationToken cancel) => Draw(http, accounts, own, flash.Take(http, Saved), null, null, cancel));
        settings.MapGet("/profile", () => See(Home));
        settings.MapForm("/profile", PostProfile);
        settings.MapGet("/avatar", () => See(Home));
        settings.MapPost("/avatar", PostAvatar).WithMetadata(new RequestSizeLimitAttribute(UploadBytesMax));
        settings.MapGet("/avatar/delete", () => See(Home));
        settings.MapPost("/avatar/delete", async (HttpContext http, SetAvatar avatar, Flash flash, CancellationToken cancel) =>
        {
            await avatar.Remove(http.User.AccountId()!.Value, cancel);
            flash.Give(http, Saved, "The picture is gone.");
            return See(Home);
        });
    }

    private static async Task<IResult> PostProfile(
        [FromForm] ProfileForm? form, HttpContext http, ChangeProfile change, AccountQueries accounts, OwnProfile own, Flash flash, CancellationToken cancel)
    {
        if (await change.Run(http.User.AccountId()!.Value, form ?? new(), cancel) is { } refusal) return await Draw(http, accounts, own, null, form ?? new(), refusal, cancel);
        flash.Give(http, Saved, "Saved.");
        return See(Home);
    }

    private static async Task<IResult> PostAvatar(HttpContext http, SetAvatar avatar, AccountQueries accounts, OwnProfile own, Flash flash, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        if (form.Files["picture"] is not { Length: > 0 } picture) return await Draw(http, accounts, own, null, null, Refusal.Invalid("picture", "Choose a picture first."), cancel);
        await using var content = picture.OpenReadStream();
        if (await avatar.Run(http.User.AccountId()!.Value, picture.ContentType, content, picture.Length, cancel) is { } refusal)
            return await Draw(http, accounts, own, null, null, refusal, cancel);
        flash.Give(http, Saved, "This is your picture now.");
        return See(Home);
    }

    private static async Task<IResult> Draw(
        HttpContext http, AccountQueries accounts, OwnProfile own, string? saved, ProfileForm? typed, Refusal? refusal, CancellationToken cancel)
    {
        var account = http.User.AccountId()!.Value;
        var (stands, avatar) = await own.Read(account, cancel);
        return Page<SettingsPage>(new SettingsModel(await accounts.Account(account, cancel), typed ?? stands, refusal is null ? FormErrors.None : FormErrors.Of(refusal), avatar, OwnProfile.Zones, saved),
            refusal is null ? StatusCodes.Status200OK : StatusOf(refusal));
    }
}
