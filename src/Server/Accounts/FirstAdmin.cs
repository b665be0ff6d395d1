using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Shared;

namespace Rpd.Server.Accounts;

/// <summary>
/// An installation without an administrator prints one line with a link that makes its first administrator. Only the link's hash is kept; each start makes a new one.
/// </summary>
public sealed class AnnounceFirstAdmin(IServiceScopeFactory scopes, PublicAddress address) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        if (await db.Accounts.AnyAsync(account => account.Role == Account.Admin, cancellationToken)) return;
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await db.Database.ExecuteSqlAsync(
            $"insert into installation (name, value) values ({CreateFirstAdmin.Fact}, {CreateFirstAdmin.Hash(token)}) on conflict (name) do update set value = excluded.value",
            cancellationToken);
        Console.WriteLine($"Make the first administrator: {address.Link("/setup?token=" + token)}");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Uses the printed link up. Works while there is no administrator, and once.</summary>
public sealed class CreateFirstAdmin(AppDb db, NewAccount newAccount)
{
    internal const string Fact = "first-admin";

    public async Task<bool> Open(string? token, CancellationToken cancel)
    {
        var hash = Hash(token ?? "");
        return await db.Installation.AnyAsync(fact => fact.Name == Fact && fact.Value == hash, cancel)
            && !await db.Accounts.AnyAsync(account => account.Role == Account.Admin, cancel);
    }

    public async Task<Outcome<Account>> Run(string? token, string? email, string? password, CancellationToken cancel)
    {
        if (!await Open(token, cancel)) return Refusal.NotFound("This page");
        if (SignUp.Wrong(email, password) is { } wrong) return wrong;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var hash = Hash(token!);
        // Whoever deletes the row has the link; a second post of the same waits here and finds nothing.
        if (await db.Installation.Where(fact => fact.Name == Fact && fact.Value == hash).ExecuteDeleteAsync(cancel) == 0) return Refusal.NotFound("This page");
        try
        {
            var account = await newAccount.Add(EmailAddress.Parse(email)!, password!, PlanList.Free, Account.Admin, confirmed: true, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return account;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Refusal.Invalid("email", "This address has an account already.");
        }
    }

    internal static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
