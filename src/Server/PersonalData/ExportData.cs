using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Features;
using Rpd.Server.Accounts;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;

namespace Rpd.Server.PersonalData;

/// <summary>
/// Everything of an account as one archive, written while it is sent: nothing of it is kept, and however many gigabytes it has, no more than a buffer of
/// them is in memory. A connection that breaks ends it. One at a time for an account, and a few a day.
/// </summary>
public sealed class ExportData(AppDb db, CheckPassword check, WriteArchive archive, Attempts attempts, AccountLetters letters, LetterSeal seal, JobBell bell, TimeProvider time)
{
    private const int PerDay = 5;

    private static readonly ConcurrentDictionary<Guid, bool> Running = new();

    /// <returns>The answer that sends it.</returns>
    public async Task<Outcome<IResult>> Run(Guid account, string? password, CancellationToken cancel)
    {
        var owner = await check.Run(account, password, cancel);
        if (owner.Declined) return owner.Refusal;
        if (!Running.TryAdd(account, true)) return Refusal.Invalid("", "A download is under way already. Wait for it to end.");
        if (attempts.Take("export", account.ToString(), PerDay, TimeSpan.FromDays(1)) is not null)
        {
            Running.TryRemove(account, out _);
            return Refusal.Invalid("", $"{PerDay} downloads a day are allowed. Try again tomorrow.");
        }
        db.Add(seal.Job(letters.Exported(owner.Value)));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch
        {
            // Whoever hangs up here may come again.
            Running.TryRemove(account, out _);
            throw;
        }
        bell.Ring(Lanes.Quick);
        return new Sent(account, archive, $"rpd-create-{owner.Value.Handle}-{time.GetUtcNow():yyyy-MM-dd}.zip");
    }

    private sealed class Sent(Guid account, WriteArchive archive, string name) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            try
            {
                // The archive's writer ends its entries synchronously, a few bytes each.
                httpContext.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
                httpContext.Response.ContentType = "application/zip";
                httpContext.Response.Headers.ContentDisposition = $"attachment; filename={name}";
                httpContext.Response.Headers.CacheControl = "no-store";
                await archive.Run(account, httpContext.Response.Body, httpContext.RequestAborted);
            }
            catch (Exception) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // Whoever wanted it has hung up.
            }
            finally
            {
                Running.TryRemove(account, out _);
            }
        }
    }
}
