using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Database;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Shared.Generations;

namespace Rpd.Server.Operator;

/// <summary>
/// <c>./run demo</c>: fills an empty database with a small gallery that Studio really makes, through the same operations as everybody's work. Beside a
/// running server its workers help; without one the command does the work itself.
/// </summary>
public static class FillDemo
{
    public static async Task<int> Run(CommandRun run, string[] args)
    {
        await using var address = await run.OpenDatabase();
        await using var services = Services(run, address);
        var database = services.GetRequiredService<NpgsqlDataSource>();
        if (await Count(database, "select count(*) from generations", run.Cancel) > 0)
        {
            await Console.Error.WriteLineAsync("The database has generations already: the demo fills an empty one only.");
            return 1;
        }
        // All of it is read before the first row is written: what cannot be made must not leave half a demo, to which there is no second try.
        var catalog = services.GetRequiredService<ModelCatalog>();
        var works = DemoWorks.All.Select(work => (work.Artist, Asked: NewGeneration.Read(Fields.Of(work.Request), work.ParamNames, catalog, OwnKeys.None))).ToList();
        if (works.Select(work => work.Asked.Refusal?.Message).OfType<string>().Distinct().ToArray() is { Length: > 0 } reasons)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', reasons));
            return 1;
        }
        var started = await Start(services, works.ToLookup(work => work.Artist, work => work.Asked.Value!), run.Cancel);
        await Finish(services, database, run.Cancel);
        await run.Answer(new { accounts = DemoWorks.Artists.Count, generations = started, published = await Count(database, "select count(*) from publications", run.Cancel) });
        return 0;
    }

    private static ServiceProvider Services(CommandRun run, DatabaseAddress address)
    {
        var services = new ServiceCollection();
        services.AddSingleton(run.Settings).AddSingleton(run.Logs).AddLogging();
        services.AddSingleton(NpgsqlDataSource.Create(address.ConnectionString));
        services.AddParts(run.Settings, run.ContentRoot);
        return services.BuildServiceProvider();
    }

    private static async Task<int> Start(ServiceProvider services, ILookup<string, NewGeneration> works, CancellationToken cancel)
    {
        var start = services.GetRequiredService<StartGeneration>();
        var started = 0;
        foreach (var artist in DemoWorks.Artists)
        {
            var account = await Open(services, artist, cancel);
            foreach (var work in works[artist.Handle])
            {
                var outcome = await start.Run(work, new Payer(account, "demo", Plans.PlanList.Free), within: null, cancel);
                if (outcome.Declined) throw new InvalidOperationException(outcome.Refusal.Message);
                started++;
            }
        }
        return started;
    }

    private static async Task<Guid> Open(ServiceProvider services, DemoArtist artist, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        // Nobody can sign in to these: they have no password and an address that receives no mail.
        var account = new Account
        {
            Id = Guid.CreateVersion7(),
            UserName = artist.Email,
            NormalizedUserName = artist.Email.ToUpperInvariant(),
            Email = artist.Email,
            NormalizedEmail = artist.Email.ToUpperInvariant(),
            EmailConfirmed = true,
            SecurityStamp = NewAccount.NewStamp(),
            Handle = artist.Handle,
            DisplayName = artist.Name,
            Plan = Plans.PlanList.Free,
            CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow(),
        };
        db.Add(account);
        await db.SaveChangesAsync(cancel);
        await scope.ServiceProvider.GetRequiredService<CreditLedger>().Grant(db, account.Id, 200, Bucket.Promo, $"demo:{account.Id}", "Demo gallery", cancel);
        return account.Id;
    }

    private static async Task Finish(ServiceProvider services, NpgsqlDataSource database, CancellationToken cancel)
    {
        var workers = services.GetServices<IHostedService>().OfType<Worker>().ToArray();
        foreach (var worker in workers) await worker.StartAsync(cancel);
        const string Open = $"select count(*) from generations where status in ('{GenerationStatus.Queued}', '{GenerationStatus.Processing}')";
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await Count(database, Open, cancel) > 0) await tick.WaitForNextTickAsync(cancel);
        foreach (var worker in workers) await worker.StopAsync(cancel);
    }

    private static async Task<long> Count(NpgsqlDataSource database, string sql, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
