using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rpd.Server.Accounts;
using Rpd.Server.Credits;
using Rpd.Server.Plans;

namespace Rpd.Server.Operator;

/// <summary>The operator's commands about people.</summary>
public static class UserCommands
{
    /// <summary><c>user add</c>: prints <c>{userId,accountId,apiKey,testApiKey}</c>. 1: the address has an account; 2: the arguments are wrong.</summary>
    public static async Task<int> Add(CommandRun run, string[] args)
    {
        // Settings are read before a database is started for nothing.
        var services = new ServiceCollection().AddPlans(run.Settings).AddSingleton(TimeProvider.System);
        await using var words = services.BuildServiceProvider();
        if (NewUserWords.Read(args, words.GetRequiredService<PlanList>(), out var wrong) is not { } asked)
        {
            await Console.Error.WriteLineAsync($"{wrong}\n{NewUserWords.Usage}");
            return 2;
        }
        await using var database = await run.OpenDatabase();
        var accounts = run.Settings.GetSection("Accounts").Get<AccountOptions>() ?? new();
        services.AddDbContext<AppDb>(options => options.UseNpgsql(database.ConnectionString));
        services.AddSingleton(Options.Create(new PasswordHasherOptions { IterationCount = accounts.PasswordIterations }));
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>().AddSingleton<Passwords>().AddSingleton<CreditLedger>();
        services.AddScoped<NewAccount>().AddScoped<AddUser>();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var added = await scope.ServiceProvider.GetRequiredService<AddUser>().Run(asked, run.Cancel);
        if (added.Declined)
        {
            await Console.Error.WriteLineAsync(added.Refusal.Message);
            return 1;
        }
        await run.Answer(added.Value);
        return 0;
    }
}
