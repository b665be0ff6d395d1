using Amazon.S3;
using Amazon.S3.Model;

namespace Rpd.Server.Storage.S3;

/// <summary>An object as a seekable stream: a request is made where reading begins, and again after a jump. The ETag keeps all of it one version.</summary>
internal sealed class S3ReadStream(AmazonS3Client client, string bucket, string key, string etag, long length) : Stream
{
    private GetObjectResponse? answer;
    private long position;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;

    public override long Position
    {
        get => position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= length || buffer.Length == 0) return 0;
        answer ??= await client.GetObjectAsync(
            new() { BucketName = bucket, Key = key, EtagToMatch = etag, ByteRange = position == 0 ? null : new ByteRange($"bytes={position}-") }, cancellationToken);
        var read = await answer.ResponseStream.ReadAsync(buffer, cancellationToken);
        if (read == 0) throw new EndOfStreamException($"{key} ended at byte {position} of {length}.");
        position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => position, _ => length };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        if (target != position) Drop();
        return position = target;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) Drop();
        base.Dispose(disposing);
    }

    private void Drop()
    {
        answer?.Dispose();
        answer = null;
    }
}
