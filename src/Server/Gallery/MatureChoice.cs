using Npgsql;
using Rpd.Shared.Explore;

namespace Rpd.Server.Gallery;

/// <summary>
/// How somebody wants to meet works for adults, their own word. Strangers meet none. What a list then holds is decided by <see cref="Works.ListedFor"/>.
/// </summary>
public sealed class MatureChoice(NpgsqlDataSource database)
{
    /// <returns>One of <see cref="MatureWorks"/>.</returns>
    public async ValueTask<string> Of(Guid? reader, CancellationToken cancel)
    {
        if (reader is not { } account) return MatureWorks.Hide;
        await using var command = database.CreateCommand("select mature_works from accounts where id = $1");
        command.Parameters.AddWithValue(account);
        return (string?)await command.ExecuteScalarAsync(cancel) ?? MatureWorks.Hide;
    }

    /// <summary>Whether lists show them to this reader, blurred or not.</summary>
    public async ValueTask<bool> Shown(Guid? reader, CancellationToken cancel) => await Of(reader, cancel) != MatureWorks.Hide;

    public async Task Choose(Guid account, string choice, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("update accounts set mature_works = $2 where id = $1");
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(choice);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
