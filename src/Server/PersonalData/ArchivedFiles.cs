using System.Runtime.CompilerServices;
using Npgsql;
using Rpd.Server.Accounts.Avatars;
using Rpd.Server.Media;

namespace Rpd.Server.PersonalData;

/// <param name="Name">In the archive.</param>
public sealed record ArchivedFile(string Name, string Key);

/// <summary>Every file of an account, some hundred at a time: between those nothing of the database is held.</summary>
public sealed class ArchivedFiles(NpgsqlDataSource database)
{
    private const int AtOnce = 500;

    private const string Outputs = """
        select g.id, o.ordinal, o.storage_key, o.content_type from generations g join outputs o on o.generation_id = g.id
        where g.account_id = $1 and not g.test and (g.id, o.ordinal) > ($2, $3) order by g.id, o.ordinal limit 500
        """;

    private const string Uploads = """
        select f.id, 0, f.storage_key, f.content_type from files f where f.account_id = $1 and f.confirmed_at is not null and (f.id, 0) > ($2, $3) order by f.id limit 500
        """;

    public async IAsyncEnumerable<ArchivedFile> Of(Guid account, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using (var command = database.CreateCommand("select avatar from accounts where id = $1"))
        {
            command.Parameters.AddWithValue(account);
            if (await command.ExecuteScalarAsync(cancel) is Guid avatar) yield return new("avatar.webp", Avatar.Key(avatar, Avatar.Large));
        }
        foreach (var (folder, sql) in new[] { ("media", Outputs), ("uploads", Uploads) })
        {
            var (id, ordinal) = (Guid.Empty, -1);
            List<(Guid Id, int Ordinal, string Key, string Type)> found;
            do
            {
                found = await Read(sql, account, id, ordinal, cancel);
                foreach (var file in found)
                {
                    (id, ordinal) = (file.Id, file.Ordinal);
                    var name = folder == "media" ? $"{id}/{ordinal}" : id.ToString();
                    yield return new($"{folder}/{name}{MediaTypes.Extension(file.Type)}", file.Key);
                }
            }
            while (found.Count == AtOnce);
        }
    }

    private async Task<List<(Guid Id, int Ordinal, string Key, string Type)>> Read(string sql, Guid account, Guid after, int ordinal, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(ordinal);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<(Guid Id, int Ordinal, string Key, string Type)>();
        while (await row.ReadAsync(cancel)) found.Add((row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.GetString(3)));
        return found;
    }
}
