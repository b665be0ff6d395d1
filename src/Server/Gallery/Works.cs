using Npgsql;
using Rpd.Server.Accounts.Avatars;
using Rpd.Server.Generations;
using Rpd.Shared.Accounts;
using Rpd.Shared.Explore;

namespace Rpd.Server.Gallery;

/// <summary>
/// The one rule of what others see, and the one reading of a public work. Every list, feed, profile, collection and search stands on these words: a
/// work is in lists when it is <see cref="Listed"/> (what is for adults: in the lists of who has asked for it), and readable by its address when it is <see cref="Open"/>. A suspended or deleted author is gone
/// from all of them, and so is a work that a moderator has hidden.
/// </summary>
public static class Works
{
    /// <summary>About an account, as <c>a</c>.</summary>
    public const string Active = "a.status = 'active'";

    /// <summary>Of a publication <c>p</c> and its author <c>a</c>: whoever has the address may read it.</summary>
    public const string Open = "not p.hidden and " + Active;

    /// <summary>Of a publication alone: whether it is in lists. What is for adults is so for those only who have asked for it.</summary>
    public static string InLists(bool mature) => mature ? "p.listed" : "p.listed and not p.mature";

    /// <summary>In the lists of strangers, and of everybody who has not said otherwise.</summary>
    public const string Listed = "p.listed and not p.mature and " + Active;

    /// <param name="mature">Whether the reader has asked for works for adults: <see cref="MatureChoice"/>.</param>
    public static string ListedFor(bool mature) => mature ? "p.listed and " + Active : Listed;

    /// <summary>What <see cref="Row"/> reads. Columns of the caller's own follow.</summary>
    public const string Columns = """
        select p.id, g.id, g.title, g.prompt, g.type, g.model, g.provider, a.id, a.handle, a.display_name, o.content_type, o.storage_key, o.blur_hash,
          o.width, o.height, o.duration_seconds, p.like_count, p.published_at, o.thumbnail_widths, p.mature, a.avatar
        """;

    /// <summary>The first column after those.</summary>
    public const int Next = 21;

    public const string Joined = """
         join generations g on g.id = p.generation_id join accounts a on a.id = p.account_id join outputs o on o.generation_id = p.generation_id and o.ordinal = 0
        """;

    public static ExploreItem Row(NpgsqlDataReader row)
    {
        var publication = row.GetGuid(0);
        var (width, height) = (Whole(13), Whole(14));
        var thumbnails = OutputViews.Thumbnails(row.GetFieldValue<int[]>(18), row.GetString(11), width, height, key => OutputViews.PublishedUrl(publication, key));
        return new(row.GetGuid(1), Text(2), Text(3) ?? "", row.GetString(4), row.GetString(5), row.GetString(6), Author(row, 7, 20),
            row.GetString(10), thumbnails, Text(12), width, height, row.IsDBNull(15) ? null : row.GetDouble(15), row.GetInt32(16), Liked: false, row.GetFieldValue<DateTimeOffset>(17))
        { Mature = row.GetBoolean(19) };

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        int? Whole(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
    }

    /// <param name="first">Of three columns: id, handle, display name.</param>
    /// <param name="avatar">The column of the picture.</param>
    public static AuthorView Author(NpgsqlDataReader row, int first, int avatar) => new(row.GetGuid(first), row.GetString(first + 1), row.GetString(first + 2), AvatarOf(row, avatar));

    /// <summary>The address of a picture, from a column that holds its id or nothing.</summary>
    public static string? AvatarOf(NpgsqlDataReader row, int column, int size = Avatar.Small) => Avatar.Url(row.IsDBNull(column) ? null : row.GetGuid(column), size);
}
