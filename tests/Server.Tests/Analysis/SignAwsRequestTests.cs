using System.Text;
using Rpd.Server.Analysis.Aws;

namespace Rpd.Server.Tests.Analysis;

/// <summary>Cases and signatures of AWS's published test suite for Signature Version 4, and the example of its General Reference.</summary>
public sealed class SignAwsRequestTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("GET", "https://example.amazonaws.com/", "service", "", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "https://example.amazonaws.com/", "service", "", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("POST", "https://example.amazonaws.com/", "service", Form, "Param1=value1", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")]
    [InlineData("GET", "https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers", "iam", Form + "; charset=utf-8", "", "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")]
    public void The_published_signatures_come_out(string method, string address, string service, string contentType, string body, string signature)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        IEnumerable<(string, string)> signed = contentType.Length > 0 ? [("content-type", contentType)] : [];

        SignAwsRequest.Run(request, Encoding.UTF8.GetBytes(body), "AKIDEXAMPLE", new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "us-east-1", service, new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero), signed);

        Assert.EndsWith("Signature=" + signature, request.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
        Assert.Equal("20150830T123600Z", request.Headers.GetValues("X-Amz-Date").Single());
    }
}
