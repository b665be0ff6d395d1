using Npgsql;
using Rpd.Server.Jobs;
using Rpd.Server.Plans;

namespace Rpd.Server.Generations;

/// <summary>
/// Lets the longest waiting of an account begin when slots of its plan are free: after each ending, and once a second for what a crash between the two,
/// or a better plan, has left waiting.
/// </summary>
public sealed class AdmitHeld(NpgsqlDataSource database, PlanList plans, JobBell bell, TimeProvider time)
{
    private const int AccountsAtOnce = 500;

    /// <summary>The duty: every account with free slots and somebody waiting.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        var waiting = new List<(Guid Account, bool Test)>();
        await using (var command = database.CreateCommand("""
            select s.account_id, s.test from generation_slots s join accounts a on a.id = s.account_id
            where s.held > 0 and s.active < coalesce((select slots from unnest($1::text[], $2::int[]) as p(name, slots) where p.name = a.plan), $3) limit $4
            """))
        {
            command.Parameters.AddWithValue(plans.Names.ToArray());
            command.Parameters.AddWithValue(plans.Names.Select(name => plans.Of(name).ConcurrentJobs).ToArray());
            command.Parameters.AddWithValue(plans.Of(PlanList.Free).ConcurrentJobs);
            command.Parameters.AddWithValue(AccountsAtOnce);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) waiting.Add((reader.GetGuid(0), reader.GetBoolean(1)));
        }
        var admitted = 0;
        foreach (var (account, test) in waiting) admitted += await Run(account, test, cancel);
        return admitted;
    }

    public async Task<int> Run(Guid account, bool test, CancellationToken cancel)
    {
        string plan;
        await using (var command = database.CreateCommand("select plan from accounts where id = $1"))
        {
            command.Parameters.AddWithValue(account);
            plan = (string)(await command.ExecuteScalarAsync(cancel))!;
        }
        await using var admit = database.CreateCommand(
            "select generation_lane(g.provider, g.test), count(*)::int from generation_admit_held($1, $2, $3, $4) as admitted(id) join generations g using (id) group by 1");
        admit.Parameters.AddWithValue(account);
        admit.Parameters.AddWithValue(test);
        admit.Parameters.AddWithValue(plans.Of(plan).ConcurrentJobs);
        admit.Parameters.AddWithValue(time.GetUtcNow());
        var admitted = 0;
        await using var reader = await admit.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            admitted += reader.GetInt32(1);
            bell.Ring(reader.GetString(0));
        }
        return admitted;
    }
}
