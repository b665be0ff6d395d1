using System.Runtime.InteropServices;

namespace Rpd.Server.ApiKeys;

/// <summary>A SHA-256 that can be looked up without allocating.</summary>
internal readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
{
    public KeyHash(byte[] bytes) : this(Part(bytes, 0), Part(bytes, 1), Part(bytes, 2), Part(bytes, 3)) { }

    public byte[] Bytes() => MemoryMarshal.AsBytes<ulong>(new[] { A, B, C, D }).ToArray();

    private static ulong Part(byte[] bytes, int index) => MemoryMarshal.Read<ulong>(bytes.AsSpan(index * 8));
}
