using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Rpd.Server.Storage.S3;

internal static class S3Clients
{
    /// <param name="serviceUrl">Null: Amazon's own.</param>
    public static AmazonS3Client Make(S3Options options, string? serviceUrl)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            // Trailing checksums are Amazon's own; others refuse them.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = 3,
        };
        if (serviceUrl is null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        else
        {
            config.ServiceURL = serviceUrl;
            config.AuthenticationRegion = options.Region;
        }
        return string.IsNullOrEmpty(options.AccessKey) ? new(config) : new(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }
}
