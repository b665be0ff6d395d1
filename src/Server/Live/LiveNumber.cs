namespace Rpd.Server.Live;

/// <summary>A number that open pages show and that changes under their eyes. Each feature names its own.</summary>
/// <param name="Key">With the id behind it, the name that pages use: <c>likes:&lt;id&gt;</c>. On the account's own stream it stands alone: <c>unread</c>.</param>
/// <param name="Stream">Who listens to the stream of that id hears of it.</param>
/// <param name="Sql">The numbers at present of the ids in <c>$1</c>, as id and bigint. What may not be seen has none: that closes the stream too.</param>
public sealed record LiveNumber(string Key, string Stream, string Sql)
{
    public string Name(Guid id) => Stream == LiveStream.Account ? Key : $"{Key}:{id}";
}

/// <param name="Order">Of the reading, on this node: what comes late must not stand over what was read after it.</param>
public sealed record Count(string Key, long Value, long Order);
