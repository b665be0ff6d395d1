using Npgsql;
using Rpd.Server.CustomModels.Training;

namespace Rpd.Server.CustomModels;

/// <summary>At once and for good, whatever it is doing. A training that runs finds its row gone and stops.</summary>
public sealed class DeleteCustomModel(NpgsqlDataSource database, ClearCustomModel clear)
{
    private const string Sql = $"""
        with gone as (delete from custom_models where id = $2 and account_id = $1 returning id, account_id),
        stopped as (delete from jobs j using gone where j.kind = '{TrainCustomModel.Kind}' and j.state = 'ready' and j.args ->> 'id' = gone.id::text),
        cleared as ({ClearCustomModel.InsertSql} gone)
        select count(*) from gone
        """;

    /// <returns>False when the account has no such model.</returns>
    public async Task<bool> Run(Guid account, Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(id);
        if ((long)(await command.ExecuteScalarAsync(cancel))! == 0) return false;
        clear.Announce();
        return true;
    }
}
