using System.Buffers.Binary;
using System.IO.Compression;

namespace Rpd.Server.CustomModels.Examples;

/// <summary>Opens an archive of a stranger. The list of its files is unfolded in memory before anything of it is known, so its length is looked at first: millions of empty files are a bomb, too.</summary>
public static class OpenZip
{
    private const int ListBytesMax = 8 * 1024 * 1024, EndBytes = 22, CommentBytesMax = ushort.MaxValue, ListStartsAt = 16;

    /// <exception cref="InvalidDataException">It is no archive, or damaged, or its list is too long.</exception>
    public static ZipArchive Run(Stream file)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndBytes + CommentBytesMax)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < EndBytes) throw new InvalidDataException("This is no zip archive.");
        // Where the list begins. What needs 64 bits for that is larger than anything that is taken.
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + ListStartsAt));
        if (file.Length - tail.Length + end - start is < 0 or > ListBytesMax) throw new InvalidDataException("The list of the archive's files is too long.");
        file.Position = 0;
        return new(file, ZipArchiveMode.Read, leaveOpen: true);
    }
}
