using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.AspNetCore.StaticFiles;

namespace Rpd.Server.Storage.S3;

/// <summary>Files in a bucket of any storage that speaks S3. Whole objects appear at once there, so nothing else keeps half files from view.</summary>
public sealed class S3Storage(S3Options options, ILogger<S3Storage> log) : IStorage, IDisposable
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly AmazonS3Client client = S3Clients.Make(options, options.ServiceUrl);
    private readonly AmazonS3Client publicly = S3Clients.Make(options, options.PublicServiceUrl ?? options.ServiceUrl);
    private readonly string bucket = options.Bucket ?? throw new ArgumentException("S3 storage needs a bucket.", nameof(options));

    public string? Origin => field ??= new Uri(Presign(new() { Verb = HttpVerb.GET, Key = "origin" }, TimeSpan.FromMinutes(1)).AbsoluteUri).GetLeftPart(UriPartial.Authority);

    public Task Put(string key, Stream content, CancellationToken cancel) =>
        new S3Write(client, bucket, StorageKey.Check(key), Types.TryGetContentType(key, out var type) ? type : "application/octet-stream", log).Run(content, cancel);

    public async Task<Stream?> Open(string key, CancellationToken cancel) =>
        await Head(key, cancel) is { } head ? new S3ReadStream(client, bucket, key, head.ETag, head.ContentLength) : null;

    public async Task<bool> Copy(string from, string to, CancellationToken cancel)
    {
        if (await Head(from, cancel) is not { } head) return false;
        try
        {
            await client.CopyObjectAsync(new CopyObjectRequest
            {
                SourceBucket = bucket,
                SourceKey = from,
                DestinationBucket = bucket,
                DestinationKey = StorageKey.Check(to),
                ETagToMatch = head.ETag,
                MetadataDirective = S3MetadataDirective.REPLACE,
                ContentType = Types.TryGetContentType(to, out var type) ? type : head.Headers.ContentType,
            }, cancel);
            return true;
        }
        catch (AmazonS3Exception gone) when (gone.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    public async Task DeleteAll(string prefix, CancellationToken cancel)
    {
        await client.DeleteObjectAsync(bucket, StorageKey.Check(prefix), cancel);
        ListObjectsV2Response page;
        do
        {
            // One by one: the call for many at once wants checksums that not every server agrees on. The deleted are not listed again.
            page = await client.ListObjectsV2Async(new() { BucketName = bucket, Prefix = prefix + "/" }, cancel);
            await Parallel.ForEachAsync(page.S3Objects ?? [], cancel, async (found, stop) => await client.DeleteObjectAsync(bucket, found.Key, stop));
        }
        while (page.IsTruncated == true);
    }

    public Uri? ReadAddress(string key, string method, StoredHeaders headers, TimeSpan life) => Presign(new()
    {
        Verb = method == HttpMethods.Head ? HttpVerb.HEAD : HttpVerb.GET,
        Key = StorageKey.Check(key),
        ResponseHeaderOverrides = new() { ContentType = headers.ContentType, ContentDisposition = headers.ContentDisposition, CacheControl = headers.CacheControl },
    }, life);

    public Uri? WriteAddress(string key, string contentType, long bytes, TimeSpan life)
    {
        var request = new GetPreSignedUrlRequest { Verb = HttpVerb.PUT, Key = StorageKey.Check(key), ContentType = contentType };
        request.Headers.ContentLength = bytes;
        return Presign(request, life);
    }

    public void Dispose()
    {
        client.Dispose();
        publicly.Dispose();
    }

    private Uri Presign(GetPreSignedUrlRequest request, TimeSpan life)
    {
        request.BucketName = bucket;
        // The storage's clock judges it, so it counts from the real time whatever ours says.
        request.Expires = DateTime.UtcNow + life;
        request.Protocol = publicly.Config.ServiceURL?.StartsWith("http:", StringComparison.Ordinal) == true ? Protocol.HTTP : Protocol.HTTPS;
        return new(publicly.GetPreSignedURL(request));
    }

    private async Task<GetObjectMetadataResponse?> Head(string key, CancellationToken cancel)
    {
        try
        {
            return await client.GetObjectMetadataAsync(bucket, StorageKey.Check(key), cancel);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
