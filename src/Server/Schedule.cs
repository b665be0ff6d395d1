using Rpd.Server.Access;
using Rpd.Server.Accounts;
using Rpd.Server.Accounts.Profiles;
using Rpd.Server.Accounts.TwoFactor;
using Rpd.Server.Admin;
using Rpd.Server.Announcements;
using Rpd.Server.ApiKeys.UserTokens;
using Rpd.Server.Billing;
using Rpd.Server.Catalog;
using Rpd.Server.Comparisons;
using Rpd.Server.Credits.Metering;
using Rpd.Server.CustomModels.Training;
using Rpd.Server.Events;
using Rpd.Server.Files;
using Rpd.Server.Gallery;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Media;
using Rpd.Server.Notifications;
using Rpd.Server.PersonalData;
using Rpd.Server.Promotions;
using Rpd.Server.Storage;
using Rpd.Server.Telemetry;
using Rpd.Server.Usage;
using Rpd.Server.Switches;
using Rpd.Server.Webhooks;

namespace Rpd.Server;

/// <summary>
/// Every recurring duty, one line each. They run on their own timers, apart from the workers: a stuck worker must not stop the watcher.
/// Each is a single idempotent statement or loop, so that several nodes may run it at once.
/// </summary>
public sealed class Schedule(IServiceScopeFactory scopes, TimeProvider time, ILogger<Schedule> log) : BackgroundService
{
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(10), Later = TimeSpan.FromSeconds(3), Apart = TimeSpan.FromMilliseconds(30);

    private int begun;

    protected override Task ExecuteAsync(CancellationToken stopping) => Task.WhenAll(
        Every<JobQueue>(TimeSpan.FromSeconds(1), "rescue jobs", (queue, cancel) => queue.Rescue(cancel), stopping),
        Every<JobQueue>(TimeSpan.FromHours(1), "clean jobs", (queue, cancel) => queue.Clean(cancel), stopping),
        Every<MeasureQueue>(TimeSpan.FromSeconds(10), "measure the queue", (queue, cancel) => queue.Run(cancel), stopping),
        Every<ExpireGenerations>(TimeSpan.FromSeconds(1), "expire generations", (expire, cancel) => expire.Run(cancel), stopping),
        Every<AdmitHeld>(TimeSpan.FromSeconds(1), "admit held generations", (admit, cancel) => admit.Run(cancel), stopping),
        Every<ReturnLeases>(TimeSpan.FromSeconds(1), "give back credits of lost nodes", (leases, cancel) => leases.Run(cancel), stopping),
        Every<StartTopUps>(TimeSpan.FromSeconds(5), "top up", (topUps, cancel) => topUps.Run(cancel), stopping),
        Every<GrantAllowances>(TimeSpan.FromSeconds(30), "grant allowances", (allowances, cancel) => allowances.Run(cancel), stopping),
        Every<RefreshSubscriptions>(TimeSpan.FromHours(1), "look after plans", (plans, cancel) => plans.Run(cancel), stopping),
        Every<ForgetStripeEvents>(TimeSpan.FromHours(1), "forget Stripe's events", (events, cancel) => events.Run(cancel), stopping),
        Every<FailLostTrainings>(TimeSpan.FromSeconds(5), "fail lost trainings", (trainings, cancel) => trainings.Run(cancel), stopping),
        Every<RenewCatalog>(TimeSpan.FromSeconds(1), "renew the catalogue", (renew, cancel) => renew.Run(cancel), stopping),
        Every<SwitchBoard>(TimeSpan.FromSeconds(1), "renew switches", (board, cancel) => board.Renew(cancel), stopping),
        Every<AnnouncementBoard>(TimeSpan.FromSeconds(3), "renew announcements", (board, cancel) => board.Renew(cancel), stopping),
        Every<ProveLedger>(TimeSpan.FromHours(1), "prove the ledger", (ledger, cancel) => ledger.Daily(cancel), stopping),
        Every<SumHouse>(TimeSpan.FromMinutes(1), "sum the usage of all", (sums, cancel) => sums.Run(cancel), stopping),
        Every<MeasureModels>(TimeSpan.FromMinutes(1), "measure models", (measure, cancel) => measure.Run(cancel), stopping),
        Every<RateModels>(TimeSpan.FromMinutes(1), "rate models", (rate, cancel) => rate.Run(cancel), stopping),
        Every<SweepUploads>(TimeSpan.FromMinutes(1), "sweep uploads", (uploads, cancel) => uploads.Run(cancel), stopping),
        Every<DiskStorage>(TimeSpan.FromHours(1), "clear drafts", (disk, _) => Task.FromResult(disk.ClearDrafts()), stopping),
        Every<SweepWorkFolders>(TimeSpan.FromHours(1), "sweep work folders", (folders, _) => Task.FromResult(folders.Run()), stopping),
        Every<RankWorks>(TimeSpan.FromSeconds(5), "rank works", (works, cancel) => works.Run(time.GetUtcNow(), cancel), stopping),
        Every<WelcomeReferred>(TimeSpan.FromSeconds(5), "welcome the invited", (referred, cancel) => referred.Run(cancel), stopping),
        Every<RewardReferrals>(TimeSpan.FromMinutes(1), "reward referrals", (referrals, cancel) => referrals.Run(cancel), stopping),
        Every<TellOfCaps>(TimeSpan.FromSeconds(15), "tell of caps", (caps, cancel) => caps.Run(cancel), stopping),
        Every<FreezeKeys>(TimeSpan.FromMinutes(1), "freeze keys", (keys, cancel) => keys.Run(cancel), stopping),
        Every<ForgetAccess>(TimeSpan.FromHours(1), "forget requests for access", (access, cancel) => access.Run(cancel), stopping),
        Every<ForgetSessions>(TimeSpan.FromHours(1), "forget sessions", (sessions, cancel) => sessions.Run(cancel), stopping),
        Every<ForgetProofs>(TimeSpan.FromHours(1), "forget lapsed proofs", (proofs, cancel) => proofs.Run(cancel), stopping),
        Every<ForgetTokens>(TimeSpan.FromHours(1), "forget user tokens", (tokens, cancel) => tokens.Run(cancel), stopping),
        Every<ForgetEvents>(TimeSpan.FromHours(1), "forget events", (events, cancel) => events.Run(cancel), stopping),
        Every<ForgetDeliveries>(TimeSpan.FromHours(1), "forget webhook deliveries", (deliveries, cancel) => deliveries.Run(cancel), stopping),
        Every<ForgetNotifications>(TimeSpan.FromHours(1), "forget notifications", (notifications, cancel) => notifications.Run(cancel), stopping),
        Every<ForgetHandles>(TimeSpan.FromHours(1), "forget handles", (handles, cancel) => handles.Run(cancel), stopping),
        Every<DeleteDueAccounts>(TimeSpan.FromMinutes(10), "delete accounts", (accounts, cancel) => accounts.Run(cancel), stopping),
        Every<Idempotency>(TimeSpan.FromHours(1), "forget idempotency keys", (idempotency, cancel) => idempotency.Forget(cancel), stopping));

    private async Task Every<T>(TimeSpan period, string duty, Func<T, CancellationToken, Task<int>> run, CancellationToken stopping) where T : class
    {
        // What is done seldom leaves the first seconds to those who wait for the server. One after another, so that they share a few connections.
        var turn = begun++ * Apart;
        await Task.Delay(period >= Seldom ? Later + turn : turn, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested) return;
        using var timer = new PeriodicTimer(period);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var count = await run(scope.ServiceProvider.GetRequiredService<T>(), stopping);
                if (count > 0) log.LogInformation("{Duty}: {Count}", duty, count);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "{Duty} failed; next try in {Period}", duty, period);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping).AsTask().ContinueWith(tick => tick is { IsCompletedSuccessfully: true, Result: true }, TaskScheduler.Default));
    }
}
