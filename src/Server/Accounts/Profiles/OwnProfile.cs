using Npgsql;
using Rpd.Server.Accounts.Avatars;
using Rpd.Shared.Accounts;

namespace Rpd.Server.Accounts.Profiles;

/// <summary>What the settings begin with: the profile as it stands.</summary>
public sealed class OwnProfile(NpgsqlDataSource database)
{
    /// <summary>Every zone of this machine that has a name people know.</summary>
    public static IReadOnlyList<string> Zones { get; } = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public async Task<(ProfileForm Form, string? AvatarUrl)> Read(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select a.display_name, a.handle, p.bio, a.time_zone, coalesce(p.likes_public, false), a.avatar
            from accounts a left join profiles p on p.account_id = a.id where a.id = $1
            """);
        command.Parameters.AddWithValue(account);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var form = new ProfileForm
        {
            DisplayName = row.GetString(0),
            Handle = row.GetString(1),
            Bio = row.IsDBNull(2) ? null : row.GetString(2),
            TimeZone = row.GetString(3),
            LikesPublic = row.GetBoolean(4),
        };
        return (form, Avatar.Url(row.IsDBNull(5) ? null : row.GetGuid(5), Avatar.Large));
    }
}
