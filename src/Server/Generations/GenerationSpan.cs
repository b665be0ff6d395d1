using System.Buffers.Binary;

namespace Rpd.Server.Generations;

/// <summary>The days of a list, and which end of them comes first. Ids begin with the time at which they were made, so that days are a stretch of the index.</summary>
/// <param name="Until">Not included.</param>
public sealed record GenerationSpan(DateTimeOffset? From = null, DateTimeOffset? Until = null, bool OldestFirst = false)
{
    public static readonly GenerationSpan All = new();

    /// <summary>A place in one order means nothing in the other.</summary>
    public string CursorKind => OldestFirst ? "generations:oldest" : "generations";

    internal string Order => OldestFirst ? "g.id" : "g.id desc";

    internal static Guid? FirstId(DateTimeOffset? at)
    {
        if (at is not { } time) return null;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, time.ToUnixTimeMilliseconds()) << 16);
        bytes[6..].Clear();
        return new Guid(bytes, bigEndian: true);
    }
}
