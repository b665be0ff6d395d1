using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rpd.Server.Prompts;
using Rpd.Server.Providers.Chat;

namespace Rpd.Server.Tests.Providers.Chat;

public sealed class ChatSettingsTests
{
    [Fact]
    public void Upstreams_are_what_the_settings_say()
    {
        var options = Services(("a:BaseUrl", "https://a.test/v1"), ("a:ApiKey", " sk-1 "), ("a:Models:smart", "gpt-6-luna"), ("a:Models:vendor/small", "llama3.2:3b"), ("a:Headers:X-Org", "org"), ("a:Weight", "0"),
            ("b:BaseUrl", "http://localhost:11434/v1")).GetRequiredService<UpstreamsOptions>();

        var (a, b) = (options["A"], options["b"]);
        Assert.Equal(("sk-1", "gpt-6-luna", "llama3.2:3b", null, "org", 0), (a.ApiKey?.Reveal(), a.Model("Smart"), a.Model("vendor/small"), a.Model("other"), a.Headers["x-org"].Reveal(), a.Weight));
        Assert.Equal((1, 0, "anything", null), (b.Weight, b.Priority, b.Model("anything"), b.ApiKey));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Services(
            ("a:BaseUrl", "ftp://a.test"), ("a:Weight", "-1"), ("a:TimeoutSeconds", "0"), ("a:Models:smart", " "), ("a:ApiKey", "kéy"),
            ("b:BaseUrl", "https://me:secret@b.test/v1"), ("b:Headers:Content-Type", "text/plain"), ("b:Headers:Not a name", "x"), ("b:Headers:X-Fine", "x\ny"), ("c:Priority", "1")).GetRequiredService<UpstreamsOptions>());

        Assert.Equal(
        [
            "a: ApiKey has characters that no header can hold.", "a: BaseUrl must be an http or https address without a user name.", "a: Models:smart names no model of the upstream.",
            "a: The field TimeoutSeconds must be between 1 and 7200.", "a: The field Weight must be between 0 and 1000000.",
            "b: BaseUrl must be an http or https address without a user name.", "b: Headers:Content-Type is no header that can be set.", "b: Headers:Not a name is no header that can be set.",
            "b: Headers:X-Fine has characters that no header can hold.", "c: BaseUrl must be an http or https address without a user name.",
        ], refusal.Failures.Select(failure => failure["Chat:Upstreams: ".Length..]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smart", true)]
    [InlineData("other", false)]
    public void The_model_for_prompts_is_one_that_somebody_has(string model, bool fine)
    {
        var services = Services(("a:BaseUrl", "https://a.test/v1"), ("a:Models:smart", "gpt-6-luna"), ("/Prompts:Upstream:Model", model));

        if (fine) Assert.Equal(model, services.GetRequiredService<PromptUpstreamOptions>().Model);
        else Assert.Contains("none of Chat:Upstreams", Assert.Throws<OptionsValidationException>(services.GetRequiredService<PromptUpstreamOptions>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_for_prompts_and_no_upstream_at_all_is_fine() =>
        Assert.Equal("m1", Services(("/Prompts:Upstream:Model", "m1")).GetRequiredService<PromptUpstreamOptions>().Model);

    private static ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(one => one.Name[0] == '/' ? one.Name[1..] : $"Chat:Upstreams:{one.Name}", one => (string?)one.Value);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        return new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddChatUpstreams(configuration).AddPrompts(configuration).BuildServiceProvider();
    }
}
