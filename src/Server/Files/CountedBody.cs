namespace Rpd.Server.Files;

/// <summary>More bytes than were allowed, or fewer than were announced.</summary>
internal sealed class WrongLength(bool tooLong) : Exception
{
    public bool TooLong => tooLong;
}

/// <summary>A body that is cut off at the first byte too many, and whose end is refused when bytes are missing.</summary>
internal sealed class CountedBody(Stream inner, long most, bool exactly) : Stream
{
    private long count;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => count; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        count += read;
        if (count > most) throw new WrongLength(tooLong: true);
        if (read == 0 && buffer.Length > 0 && (count == 0 || (exactly && count < most))) throw new WrongLength(tooLong: false);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
