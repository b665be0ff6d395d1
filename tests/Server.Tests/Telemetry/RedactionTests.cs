using Microsoft.Extensions.Logging;
using Rpd.Server.Telemetry;

namespace Rpd.Server.Tests.Telemetry;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("key rpd_sk_live_0123456789abcdef was used", "key rpd_sk_live_••• was used")]
    [InlineData("Stripe said: Invalid API Key sk_test_4eC39HqLyjWDarjtT1zdp7dc", "Stripe said: Invalid API Key sk_test_•••")]
    [InlineData("whsec_b3VyIG93biBzZWNyZXQ= does not fit", "whsec_••• does not fit")]
    [InlineData("Authorization: Bearer eyJhbGciOi.J9.abc", "Authorization: Bearer •••")]
    [InlineData("Host=db;Username=rpd;Password=correct-horse;Pooling=true", "Host=db;Username=rpd;Password=•••;Pooling=true")]
    [InlineData("GET https://user:hunter22@example.org/a", "GET https://user:•••@example.org/a")]
    [InlineData("?api_key=abcdef123456&page=2", "?api_key=•••&page=2")]
    [InlineData("OpenAI: Incorrect API key provided: sk-proj-aaaaaaaaaaaaaaaaaaaa", "OpenAI: Incorrect API key provided: sk-•••")]
    [InlineData("Generation 0193 of model studio-sketch failed after 3 tries", "Generation 0193 of model studio-sketch failed after 3 tries")]
    public void Secrets_are_taken_out_and_the_rest_stays(string text, string kept) => Assert.Equal(kept, Redaction.Of(text));

    [Fact]
    public void A_line_has_no_secret_in_its_text_nor_in_its_parts()
    {
        var sink = new Sink();
        using var logs = new RedactedLogs(LoggerFactory.Create(building => building.AddProvider(sink)));
        logs.CreateLogger("Test").LogWarning("The vendor says {Message} to {Id}", "bad key sk_live_abcdefgh12345678", 7);

        Assert.Equal("The vendor says bad key sk_live_••• to 7", sink.Text);
        Assert.Equal(["Message=bad key sk_live_•••", "Id=7", "{OriginalFormat}=The vendor says {Message} to {Id}"], sink.Parts);
    }

    [Fact]
    public void What_broke_is_told_without_the_secret_that_it_quotes_and_otherwise_as_it_is()
    {
        var sink = new Sink();
        using var logs = new RedactedLogs(LoggerFactory.Create(building => building.AddProvider(sink)));
        var inner = new HttpRequestException("https://user:hunter22@example.org/a did not answer");
        logs.CreateLogger("Test").LogError(new InvalidOperationException("The call failed", inner), "At {Address}", new Uri("https://user:hunter22@example.org/a"));

        Assert.Contains("InvalidOperationException: The call failed", sink.Fault!.ToString(), StringComparison.Ordinal);
        Assert.Contains("user:•••@example.org", sink.Fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", sink.Text + string.Concat(sink.Parts) + sink.Fault + sink.Fault.Message + sink.Fault.InnerException, StringComparison.Ordinal);

        var harmless = new InvalidOperationException("The call failed");
        logs.CreateLogger("Test").LogError(harmless, "Again");
        Assert.Same(harmless, sink.Fault);
    }

    [Fact]
    public void What_a_line_stands_in_has_no_secret_either()
    {
        var sink = new Sink();
        using var logs = new RedactedLogs(LoggerFactory.Create(building => building.AddProvider(sink)));
        var log = logs.CreateLogger("Test");
        object[] scopes = [new Dictionary<string, object?> { ["RequestId"] = "rpd_sk_live_0123456789abcdef", ["Tries"] = 7 }, "for Bearer eyJhbGciOi.J9.abc"];

        foreach (var scope in scopes) log.BeginScope(scope);
        using var named = log.BeginScope("Vendor {Name} by {Key}", "kling", "sk_live_abcdefgh12345678");

        Assert.Equal(["RequestId=rpd_sk_live_•••", "Tries=7", "Name=kling", "Key=sk_live_•••", "{OriginalFormat}=Vendor {Name} by {Key}"], sink.Scopes.SelectMany(scope => (IReadOnlyList<KeyValuePair<string, object?>>)scope).Select(part => $"{part.Key}={part.Value}"));
        Assert.Equal(["for Bearer •••", "Vendor kling by sk_live_•••"], sink.Scopes.Skip(1).Select(scope => scope.ToString()));
    }

    private sealed class Sink : ILoggerProvider, ILogger
    {
        public string Text { get; private set; } = "";

        public IReadOnlyList<string> Parts { get; private set; } = [];

        public Exception? Fault { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public List<object> Scopes { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Scopes.Add(state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            (Text, Fault, Parts) = (formatter(state, exception), exception, [.. ((IReadOnlyList<KeyValuePair<string, object?>>)state!).Select(part => $"{part.Key}={part.Value}")]);

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
