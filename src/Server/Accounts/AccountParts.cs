using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;
using Rpd.Server.Accounts.Passkeys;
using Rpd.Server.Accounts.Profiles;
using Rpd.Server.Accounts.TwoFactor;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Web.Ui;

namespace Rpd.Server.Accounts;

/// <summary>
/// Accounts: people who can sign in. One begins unconfirmed, is opened by the link in its letter (with the welcome credits, once per mailbox), and may be
/// suspended or deleted. A browser is signed in by a session: a row that the cookie names, so that ending the row ends the session.
/// </summary>
public static class AccountParts
{
    /// <summary>Needs <see cref="AppDb"/>, <see cref="NpgsqlDataSource"/>, the queue, the ledger, mail, plans and pages.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<AccountOptions>().Bind(settings.GetSection("Accounts"))
            .Validate(options => options.PasswordIterations is >= 1_000 and <= 10_000_000, "Accounts:PasswordIterations must be between 1000 and 10000000.")
            .Validate(options => options.DeletionDays is >= 1 and <= 365, "Accounts:DeletionDays must be between 1 and 365.")
            .Validate(options => options.InviteDays is >= 1 and <= 365, "Accounts:InviteDays must be between 1 and 365.")
            .Validate(options => SignUpModes.All.Contains(options.SignUp), $"Accounts:SignUp must be one of: {string.Join(", ", SignUpModes.All)}.")
            // Its former name: who had closed the door must not find it open.
            .Validate(_ => settings["Accounts:SignUpOpen"] is null, "Accounts:SignUpOpen is now Accounts:SignUp: open, request or invite.")
            .Validate(options => options is { SignInTriesPerAccount: > 0, SignInFailuresPerNetwork: > 0, LettersPerNetwork: > 0, LettersPerAddress: > 0, RequestsPerNetwork: > 0 }, "Every limit in Accounts must be 1 or more.")
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<AccountOptions>>().Value);
        services.AddOptions<PasswordHasherOptions>().Configure<AccountOptions>((hasher, options) => hasher.IterationCount = options.PasswordIterations);
        // One for all, as it keeps nothing; Identity would make it anew for each request, and singletons could not have it.
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddIdentityCore<Account>(options => options.User.RequireUniqueEmail = true);
        AddCookies(services);
        services.AddDataProtection().SetApplicationName("rpd-create");
        services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource>((options, database) => options.XmlRepository = new KeyRing(database));

        services.AddSingleton<Sessions>().AddSingleton<Passwords>().AddSingleton<Attempts>().AddSingleton<LetterLimits>().AddSingleton<MailedTokens>().AddSingleton<AccountLetters>().AddSingleton<SealedCookies>();
        services.AddScoped<NewAccount>().AddScoped<FindReferrer>().AddScoped<SignUp>().AddScoped<WelcomeAccount>().AddScoped<ConfirmEmail>().AddScoped<AskForLetter>().AddScoped<ResetPassword>();
        services.AddScoped<PasswordTries>().AddScoped<SignIn>().AddScoped<StartSession>().AddScoped<EndSession>().AddScoped<EndOtherSessions>().AddScoped<ForgetSessions>().AddScoped<AccountQueries>().AddScoped<CreateFirstAdmin>().AddScoped<LeavingLink>();
        services.AddTwoFactor().AddPasskeys();
        services.AddJob<SendMailedLink>(SendMailedLink.Kind);
        services.AddProfiles();
        services.AddHostedService<AnnounceFirstAdmin>();
        return services;
    }

    /// <param name="pages">The HTML group (<see cref="Pages.MapPages"/>).</param>
    public static void MapAccounts(this RouteGroupBuilder pages)
    {
        pages.MapAccountPages();
        pages.MapSignInPages();
        pages.MapPasswordPages();
        pages.MapSettingsPages();
        pages.MapSecurityPages();
        pages.MapPasskeyPages();
    }

    private static void AddCookies(IServiceCollection services)
    {
        services.AddAuthorization();
        services.AddAuthentication(SignedIn.Scheme).AddCookie(SignedIn.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(SignedIn.Scheme).Configure<PublicAddress>((options, address) =>
        {
            options.Cookie.Name = address.CookieName("rpd");
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = address.Secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            options.Cookie.Path = "/";
            options.ExpireTimeSpan = Sessions.Life;
            options.SlidingExpiration = true;
            options.Events = new CookieAuthenticationEvents
            {
                OnValidatePrincipal = context => context.HttpContext.RequestServices.GetRequiredService<Sessions>().Check(context),
                OnRedirectToLogin = AskToSignIn,
                OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                },
            };
        });
    }

    /// <summary>
    /// Back to where they were: a page's own address, or the page on which the form stood. This comes before the form's token is looked at, which belonged
    /// to the session that has ended.
    /// </summary>
    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        var asked = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var back = asked ? request.Path + request.QueryString : Pages.ReferringPage(request);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = Address.Of("/sign-in", ("returnUrl", back), ("ended", asked ? null : "yes"));
        return Task.CompletedTask;
    }
}
