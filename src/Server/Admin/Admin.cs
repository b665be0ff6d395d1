using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.ApiKeys;
using Rpd.Server.Audit;
using Rpd.Server.Jobs;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.Admin;

/// <summary>
/// What only administrators may see and do. For everybody else the pages are not there; programs need a key with the scope <c>admin</c> whose owner still is
/// one, people a second factor. Every change leaves an audit row.
/// </summary>
public static class AdminParts
{
    public static IServiceCollection AddAdmin(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<AdminOptions>(settings, "Administration");
        return services.AddScoped<RecordAudit>().AddScoped<AuditQueries>().AddScoped<SecondFactorGate>().AddScoped<PaymentAdminQueries>().AddScoped<DrawModels>().AddScoped<DrawCodes>().AddScoped<DrawAccess>()
            .AddSingleton<QueueQueries>().AddSingleton<OverviewQueries>().AddSingleton<FailingWebhooks>()
            .AddScoped<RequeueJobs>().AddScoped<DiscardJobs>().AddScoped<EnableWebhook>()
            .AddSingleton<UserQueries>().AddScoped<DrawUser>().AddScoped<AdjustCredits>().AddScoped<EndEverySession>().AddScoped<SuspendAccount>().AddScoped<LiftSuspension>()
            .AddScoped<SignOutEverywhere>().AddScoped<ChangePlan>().AddScoped<NoteAccount>()
            .AddSingleton<GenerationAdminQueries>().AddScoped<RefundGeneration>().AddScoped<RetryGeneration>()
            .AddSingleton<ReportQueries>().AddScoped<DecideReports>().AddScoped<UndoDecision>().AddScoped<CloseAppeal>()
            .AddSingleton<StatementQueries>().AddSingleton<ProviderQueries>().AddSingleton<AdminUsage>().AddScoped<FlipSwitch>().AddScoped<TellEverybody>().AddScoped<EndAnnouncement>()
            .AddJob<ProveLedger>(ProveLedger.Kind);
    }

    /// <param name="api">The native face's group.</param>
    public static void MapAdminApi(this IEndpointRouteBuilder api)
    {
        var admin = api.MapGroup("/admin").Needs(Scopes.Admin).AddEndpointFilter(KeysOfAdministrators);
        admin.MapListsApi();
        admin.MapModelsApi();
    }

    /// <param name="pages">The HTML group.</param>
    public static void MapAdminPages(this IEndpointRouteBuilder pages)
    {
        var admin = pages.MapGroup("/admin").RequireAuthorization().AddEndpointFilter(SecondFactorGate.Filter);
        admin.MapOverviewPages();
        admin.MapAdminUsagePages();
        admin.MapAdminPaymentPages();
        admin.MapUserPages();
        admin.MapGenerationAdminPages();
        admin.MapReportPages();
        admin.MapQueuePages();
        admin.MapFailingWebhookPages();
        admin.MapHousePages();
        admin.MapLedgerPages();
        admin.MapProviderPages();
        admin.MapModelPages();
        admin.MapCodePages();
        admin.MapAccessRequestPages();
        admin.MapAuditPages();
    }

    // The scope is as old as the key; the role is as it is now.
    private static async ValueTask<object?> KeysOfAdministrators(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var account = http.Credential().AccountId;
        return await http.RequestServices.GetRequiredService<AppDb>().Accounts.AnyAsync(row => row.Id == account && row.Role == Account.Admin, http.RequestAborted)
            ? await next(context) : Http.ApiAnswers.Refuse(Refusal.Forbidden("The owner of this key is no administrator."));
    }
}
