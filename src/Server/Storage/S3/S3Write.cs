using Amazon.S3;
using Amazon.S3.Model;

namespace Rpd.Server.Storage.S3;

/// <summary>Streams a body of unknown length into one object, a part in memory at a time. Nothing is visible before the last call.</summary>
internal sealed class S3Write(AmazonS3Client client, string bucket, string key, string contentType, ILogger log)
{
    // Ten thousand of them are allowed: 80 GB.
    private const int PartBytes = 8 * 1024 * 1024;

    public async Task Run(Stream content, CancellationToken cancel)
    {
        var buffer = new byte[PartBytes];
        var first = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        if (first < buffer.Length) await Whole(buffer, first, cancel);
        else await InParts(content, buffer, cancel);
    }

    private Task Whole(byte[] buffer, int length, CancellationToken cancel) => client.PutObjectAsync(new()
    {
        BucketName = bucket,
        Key = key,
        ContentType = contentType,
        InputStream = new MemoryStream(buffer, 0, length),
        UseChunkEncoding = false,
    }, cancel);

    private async Task InParts(Stream content, byte[] buffer, CancellationToken cancel)
    {
        var upload = await client.InitiateMultipartUploadAsync(new() { BucketName = bucket, Key = key, ContentType = contentType }, cancel);
        try
        {
            var parts = new List<PartETag>();
            for (var length = buffer.Length; length > 0; length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel))
            {
                var part = await client.UploadPartAsync(new()
                {
                    BucketName = bucket,
                    Key = key,
                    UploadId = upload.UploadId,
                    PartNumber = parts.Count + 1,
                    PartSize = length,
                    InputStream = new MemoryStream(buffer, 0, length),
                    UseChunkEncoding = false,
                }, cancel);
                parts.Add(new(parts.Count + 1, part.ETag));
            }
            await client.CompleteMultipartUploadAsync(new() { BucketName = bucket, Key = key, UploadId = upload.UploadId, PartETags = parts }, cancel);
        }
        catch
        {
            await Abort(upload.UploadId);
            throw;
        }
    }

    // Parts that belong to nothing are kept, and paid for, until they are told to go. Not with the caller's token: it may be why we are here.
    private async Task Abort(string upload)
    {
        try
        {
            await client.AbortMultipartUploadAsync(new() { BucketName = bucket, Key = key, UploadId = upload }, CancellationToken.None);
        }
        catch (AmazonS3Exception fault)
        {
            // What broke the upload is what its caller must hear of.
            log.LogWarning(fault, "The parts of {Key} could not be given up; a lifecycle rule of the bucket should remove them", key);
        }
    }
}
