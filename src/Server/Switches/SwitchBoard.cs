using System.Collections.Frozen;
using Npgsql;
using Rpd.Shared;
using Rpd.Shared.Admin;

namespace Rpd.Server.Switches;

/// <summary>
/// What administrators can switch off while the server runs. Asked for in memory, so that a call pays nothing for it; what another node was told counts here
/// within about a second.
/// </summary>
public sealed class SwitchBoard(NpgsqlDataSource database) : IHostedLifecycleService
{
    /// <summary>How the names begin under which they are kept among the installation's facts.</summary>
    public const string Fact = "switch.";

    private volatile FrozenSet<string> off = FrozenSet<string>.Empty;

    public bool On(Switch which) => !off.Contains(which.Name);

    /// <summary>Null while it is on.</summary>
    public Refusal? Refuse(Switch which) => On(which) ? null : new("PROVIDER_UNAVAILABLE", 503, which.Refusal);

    /// <summary>A recurring duty, and after a change of this node's own.</summary>
    /// <returns>1 when something has changed.</returns>
    public async Task<int> Renew(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select substr(name, $1) from installation where name like 'switch.%' and value = 'off'");
        command.Parameters.AddWithValue(Fact.Length + 1);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<string>();
        while (await row.ReadAsync(cancel)) found.Add(row.GetString(0));
        if (off.SetEquals(found)) return 0;
        off = found.ToFrozenSet(StringComparer.Ordinal);
        return 1;
    }

    public async Task StartingAsync(CancellationToken cancellationToken) => await Renew(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
