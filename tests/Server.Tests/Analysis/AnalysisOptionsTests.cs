using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rpd.Server.Analysis;

namespace Rpd.Server.Tests.Analysis;

public sealed class AnalysisOptionsTests
{
    [Theory]
    [InlineData("Analysis:ibm:ApiKey", "x", "Analysis: ibm is no provider")]
    [InlineData("Analysis:azure:BaseUrl", "no address", "Analysis: azure")]
    [InlineData("Analysis:gcp:TimeoutSeconds", "0", "Analysis: gcp")]
    public void A_wrong_setting_is_named(string name, string value, string message) =>
        Assert.StartsWith(message, Assert.Throws<OptionsValidationException>(() => Read(name, value)).Failures.Single(), StringComparison.Ordinal);

    [Fact]
    public void Names_of_providers_may_be_written_in_any_case() => Assert.Equal("eu-west-1", Read("Analysis:AWS:Location", "eu-west-1").Access("aws").Location);

    private static AnalysisOptions Read(string name, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
        using var services = new ServiceCollection().AddAnalysis(settings).BuildServiceProvider();
        return services.GetRequiredService<IOptions<AnalysisOptions>>().Value;
    }
}
