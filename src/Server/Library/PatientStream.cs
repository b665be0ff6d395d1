namespace Rpd.Server.Library;

/// <summary>What is written without waiting is kept until the next write that waits. For writers whose headers are small and whose contents are not.</summary>
internal sealed class PatientStream(Stream to) : Stream
{
    private readonly MemoryStream kept = new();

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => kept.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => kept.Write(buffer);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Send(cancellationToken);
        await to.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Without waiting there is nothing that could be done.
    public override void Flush() { }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Send(cancellationToken);
        await to.FlushAsync(cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await Send(CancellationToken.None);
        await kept.DisposeAsync();
        await base.DisposeAsync();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask Send(CancellationToken cancel)
    {
        if (kept.Length == 0) return;
        await to.WriteAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length), cancel);
        kept.SetLength(0);
    }
}
