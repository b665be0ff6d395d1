using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Catalog;
using Rpd.Server.Chat.Assistant;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Chat.Assistant;

public sealed class BuiltInAssistantTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private const string NoModel = "no language model is configured on this server";

    private BuiltInAssistant Assistant => assistant ??= ActivatorUtilities.CreateInstance<BuiltInAssistant>(shared.App.Services);

    private BuiltInAssistant? assistant;

    [Theory]
    [InlineData("How do I create an API key?", "](/keys)", "The key is shown once")]
    [InlineData("Wie erstelle ich einen API-Schlüssel?", "](/keys)", "The key is shown once")]
    [InlineData("What does studio-sketch cost?", "](/models/studio-sketch)", "1 credit per picture")]
    [InlineData("Was kostet studio-motion?", "](/models/studio-motion)", "1 credit per second")]
    [InlineData("How much is Kling 3.0?", "](/models/kling-3.0)", "Providers:kling:ApiKey")]
    [InlineData("How do I verify a webhook signature?", "](/docs#webhooks)", "hex HMAC-SHA256 of the raw body")]
    [InlineData("Which models make video?", "](/models?type=text2video)", "](/models/studio-motion)")]
    [InlineData("What is the cheapest model for pictures?", "](/models?type=text2image)", "](/models/studio-sketch)")]
    [InlineData("Which models does elevenlabs have?", "](/models?provider=elevenlabs)", "5 ElevenLabs models; none of them can run")]
    [InlineData("Which models can upscale?", "](/models?type=upscale)", "](/models/studio-upscale)")]
    [InlineData("What is the rate limit of the free plan?", "](/pricing)", "60 API requests a minute")]
    [InlineData("How many generations can run at once on the pro plan?", "](/pricing)", "15 generations run at once")]
    [InlineData("How do I back up?", "docs/self-hosting.md", "./run backup")]
    [InlineData("How do I restore a backup?", "docs/self-hosting.md", "A restore needs the server stopped")]
    [InlineData("How do I upgrade?", "docs/self-hosting.md", "git pull")]
    [InlineData("How do I run it behind nginx with https?", "docs/self-hosting.md", "proxy_pass http://127.0.0.1:5080;")]
    [InlineData("How do I store files in S3?", "docs/self-hosting.md", "Storage__S3__Bucket")]
    [InlineData("Can I use a PostgreSQL of my own?", "docs/self-hosting.md", "It must be PostgreSQL 15 or newer")]
    [InlineData("How do I send mail with SMTP?", "docs/configuration.md", "`Smtp:Host`")]
    [InlineData("What does the setting Credits:Welcome do?", "docs/configuration.md", "Promo credits of a newly confirmed account")]
    [InlineData("How do I configure a language model?", "docs/configuration.md", "BaseUrl")]
    [InlineData("What does RATE_LIMITED mean?", "](/docs#errors)", "Too many requests")]
    [InlineData("What does STORAGE_FULL mean?", "](/docs#errors)", "disk is full")]
    [InlineData("What is an idempotency key?", "](/docs#idempotency)", "the same key with the same body gives the first answer again")]
    [InlineData("How do I paginate lists?", "](/docs#pagination)", "pagination.nextCursor")]
    [InlineData("How do webhooks retry?", "docs/webhooks.md", "it is tried again after 5 s")]
    [InlineData("How do I rotate the secret of a webhook?", "docs/webhooks.md", "/rotate")]
    [InlineData("How do test keys work?", "](/docs#test-keys)", "rpd_sk_test_")]
    [InlineData("How do I cancel a generation?", "](/docs/generations#cancelGeneration)", "`DELETE /v1/generations/{id}`")]
    [InlineData("How do I delete my account?", "](/settings/data)", "You are signed out everywhere")]
    [InlineData("Wie lösche ich mein Konto?", "](/settings/data)", "You are signed out everywhere")]
    [InlineData("How do I change my password?", "](/forgot-password)", "sent to your mail address")]
    [InlineData("How do I turn on two-factor?", "](/settings/security)", "authenticator app")]
    [InlineData("How do I publish a picture?", "](/library)", "unlisted (whoever has the address)")]
    [InlineData("How do I upload a file?", "](/playground)", "Drop a picture")]
    [InlineData("How do I use my own provider key?", "](/settings/provider-keys)", "The provider bills you")]
    [InlineData("Which languages does studio-voice speak?", "](/models/studio-voice)", "en-us, en-gb, de")]
    [InlineData("How is the content policy extended with my own words?", "docs/content-policy.md", "Your own words")]
    public void Questions_about_the_platform_are_answered_with_quotes_and_links(string question, string source, string quote)
    {
        var answer = Ask(question);

        Assert.Contains(source, answer, StringComparison.Ordinal);
        Assert.Contains(quote, answer, StringComparison.Ordinal);
        Assert.InRange(answer.Length, 40, 4000);
    }

    [Theory]
    [InlineData("What is the capital of France?")]
    [InlineData("Who won the world cup in 2018?")]
    [InlineData("Explain quantum entanglement")]
    [InlineData("What's a good recipe for pasta?")]
    [InlineData("I feel sad today")]
    [InlineData("Write a poem about my API key")]
    [InlineData("Translate \"good morning\" into French")]
    [InlineData("Tell me a joke about webhooks")]
    [InlineData("Is it going to rain tomorrow in Berlin?")]
    [InlineData("python list comprehension example")]
    [InlineData("how to lose weight")]
    [InlineData("Wer ist Bundeskanzler?")]
    [InlineData("日本の首都はどこですか？")]
    [InlineData("asdfghjkl")]
    [InlineData("???!")]
    public void Anything_else_gets_a_plain_statement_and_the_setting_that_helps(string question)
    {
        var answer = Ask(question);

        Assert.Contains(NoModel, answer, StringComparison.Ordinal);
        Assert.Contains("`Chat:Upstreams:<name>:BaseUrl`", answer, StringComparison.Ordinal);
        Assert.Contains("Chat__Upstreams__openai__Models__rapshee-1=", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Who are you?")]
    [InlineData("hello")]
    [InlineData("Hi! What can you do?")]
    [InlineData("are you chatgpt?")]
    [InlineData("Wer bist du?")]
    public void It_says_what_it_is(string question) => Assert.StartsWith("I am the built-in assistant of this installation, not a language model", Ask(question), StringComparison.Ordinal);

    [Fact]
    public void Skills_answer_before_anything_is_looked_up()
    {
        Assert.Equal("15 % of 80 = **12**", Ask("What is 15 % of 80?"));
        Assert.Equal("Today is **Sunday, 29 November 2026** (UTC).", Ask("what day is it today?"));
        Assert.Equal("5 kilometres ≈ **16,404.19948 feet**", Assistant.Answer([new("system", "Be brief."), new("user", "5 km in miles"), new("assistant", "…"), new("user", "and in feet?")], Now));
    }

    [Fact]
    public void A_conversation_without_a_question_asks_for_one()
    {
        Assert.Equal("Please write what you would like to know.", Assistant.Answer([], Now));
        Assert.Equal("Please write what you would like to know.", Assistant.Answer([new("system", "How do I create an API key?"), new("user", "  ")], Now));
    }

    [Fact]
    public void Availability_is_that_of_this_moment()
    {
        var answer = Ask("studio-sketch");

        Assert.Equal(shared.App.Services.GetRequiredService<ModelCatalog>().Unavailable(shared.App.Services.GetRequiredService<ModelCatalog>().Find("studio-sketch")!) is null, answer.Contains("ready to run", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<script>alert(1)</script> How do I create an API key?")]
    [InlineData("What does `<img src=x onerror=alert(1)>` cost?")]
    [InlineData("\"<b>bold</b>\" how many words?")]
    [InlineData("5 <i>km</i> in miles")]
    public void What_was_said_does_not_come_back_as_markup(string message)
    {
        var answer = Ask(message);

        Assert.DoesNotContain("<script", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("How do I create an API key? ")]
    [InlineData("1+")]
    [InlineData("((((")]
    [InlineData("how many words 5 km in 90 days after ")]
    [InlineData("\n")]
    [InlineData("\"a")]
    [InlineData("😀 ")]
    public void A_hundred_thousand_characters_of_anything_are_answered_soon_and_briefly(string unit)
    {
        var message = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length)) + "x";
        Ask(message);

        var watch = Stopwatch.StartNew();
        var answer = Ask(message);

        Assert.InRange(watch.ElapsedMilliseconds, 0, 250);
        Assert.InRange(answer.Length, 1, 4000);
    }

    [Fact]
    public void An_answer_takes_milliseconds()
    {
        string[] questions = ["How do I create an API key?", "Which models make video?", "What is 15 % of 80?", "What is the capital of France?", "What does studio-sketch cost?"];
        foreach (var question in questions) Ask(question);

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 40; i++) Ask(questions[i % questions.Length]);

        // 5 ms each is the aim; the machine of the tests has other work, and its code is not optimised.
        Assert.InRange(watch.ElapsedMilliseconds / 40.0, 0, 25);
    }

    [Fact]
    public void The_documentation_comes_with_the_program()
    {
        var shipped = typeof(BuiltInAssistant).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("docs/", StringComparison.Ordinal)).ToArray();

        Assert.Equal(Directory.EnumerateFiles(Path.Combine(Source.Root, "docs"), "*.md").Select(file => "docs/" + Path.GetFileName(file)).Where(name => name != "docs/architecture.md").Order(), shipped.Order());
        Assert.Contains("COPY docs docs", Source.Read("Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("find src docs ", Source.Read("scripts/prepare.sh"), StringComparison.Ordinal);
    }

    private string Ask(string message) => Assistant.Answer([new("user", message)], Now);
}
