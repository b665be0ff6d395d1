using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Media;
using Rpd.Server.Storage;
using Rpd.Shared;

namespace Rpd.Server.Accounts.Avatars;

/// <summary>
/// Makes a picture the account's own, or takes it away. The files come before the row, and a job that looks later erases them if no row came to name
/// them; the one before is erased at once.
/// </summary>
public sealed class SetAvatar(NpgsqlDataSource database, IStorage storage, CropPicture crop, JobBell bell, LiveFeed live)
{
    public const int BytesMax = 8_000_000;

    private static readonly TimeSpan Unnamed = TimeSpan.FromHours(1);

    /// <param name="declared">The content type that came with it; it must be what the bytes are.</param>
    public async Task<Refusal?> Run(Guid account, string? declared, Stream picture, long bytes, CancellationToken cancel)
    {
        if (bytes > BytesMax) return Wrong($"The picture may have {BytesMax / 1_000_000} MB at most.");
        using var folder = new WorkFolder();
        try
        {
            var path = folder.File("picture");
            await using (var file = File.Create(path)) await picture.CopyToAsync(file, cancel);
            var cut = await crop.Run(path, declared, folder.Path, [Avatar.Large, Avatar.Small], cancel);
            var avatar = Guid.NewGuid();
            await Erase(avatar, Unnamed, cancel);
            foreach (var (size, small) in cut)
            {
                await using var content = File.OpenRead(small);
                await storage.Put(Avatar.Key(avatar, size), content, cancel);
            }
            await Name(account, avatar, cancel);
            return null;
        }
        catch (MediaRefused refused)
        {
            return Wrong(refused.Message);
        }
        catch (ToolMissing missing)
        {
            return Wrong($"Pictures cannot be read here. {missing.Message}");
        }
        catch (TimeoutException)
        {
            return Wrong("The picture takes too long to read.");
        }
    }

    public Task Remove(Guid account, CancellationToken cancel) => Name(account, null, cancel);

    private static Refusal Wrong(string message) => Refusal.Invalid("picture", message);

    private async Task Name(Guid account, Guid? avatar, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            with former as (select avatar from accounts where id = $1 for update), named as (update accounts set avatar = $2 where id = $1)
            {EraseAvatar.InsertSql} select '{EraseAvatar.Kind}', 'quick', jsonb_build_object('avatar', avatar), 'ready', now(), 8, now() from former where avatar is not null
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.Add(new() { Value = avatar ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        await command.ExecuteNonQueryAsync(cancel);
        bell.Ring(Lanes.Quick);
        live.GalleryChanged();
    }

    private async Task Erase(Guid avatar, TimeSpan later, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"{EraseAvatar.InsertSql} values ('{EraseAvatar.Kind}', 'quick', jsonb_build_object('avatar', $1), 'ready', now() + $2, 8, now())");
        command.Parameters.AddWithValue(avatar);
        command.Parameters.AddWithValue(later);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
