using System.Net;
using System.Text;
using System.Text.Json;

namespace Rpd.Server.Tests.Faces.Rapyd;

/// <summary>Text analysis as the clients of this face call it, with what it costs.</summary>
public sealed class NlpTests(RapydApp shared) : IClassFixture<RapydApp>
{
    /// <summary>In the way of the page's samples: the account's id, a token, and two content types.</summary>
    [Fact]
    public async Task A_curl_call_with_account_and_token_is_answered_and_costs_one_credit()
    {
        var member = await shared.Member(credits: 10);
        var token = await Token(member);
        var answer = await RapydApp.Shell($$"""
            curl --silent --show-error --location --request POST '{{shared.Address}}/v1/nlp/sentiment' \
            --header 'ACCOUNT-ID: {{member.Caller.Account}}' \
            --header 'Content-Type: application/json' \
            --header 'Authorization: Bearer {{token}}' \
            --header 'Content-Type: text/plain' \
            --data-raw '{
                "text": "I don'\''t like old cabin cruisers.",
                "provider":"Builtin",
                "language": "Auto"
            }'
            """);

        Assert.Equal("""{"provider":"Builtin","language":"en"}""", answer.GetProperty("meta").GetRawText());
        Assert.Equal("NEGATIVE", answer.GetProperty("result").GetProperty("sentiment").GetString());
        Assert.Equal(9, await shared.Balance(member.Caller));
        Assert.Equal("rapyd/builtin-sentiment/1/0/1", await shared.App.Scalar<string>("select concat_ws('/', face, model, requests, failed, credits) from usage_hours where account_id = $1", member.Caller.Account));
    }

    [Theory]
    [InlineData("sentiment", """{"text":"Das gefällt mir nicht."}""", "de", """{"sentiment":"NEGATIVE",""")]
    [InlineData("entities", """{"text":"Next summer I want to visit Barcelona and Lion."}""", "en", """{"entities":[{"score":0.95,"type":"DATE","text":"Next summer","beginOffset":0,"endOffset":11},{"score":0.9,"type":"LOCATION","text":"Barcelona","beginOffset":28,"endOffset":37},""")]
    [InlineData("keyphrase", """{"text":"Seems it never rains in Southern California.","language":"en"}""", "en", """{"keyPhrases":[""")]
    [InlineData("entities", """{"text":"أعيش في القاهرة 😀","provider":"auto"}""", "ar", """{"entities":[{"score":0.95,"type":"LOCATION","text":"القاهرة","beginOffset":8,"endOffset":15}]}""")]
    public async Task Each_analysis_answers_in_its_shape(string task, string body, string language, string begins)
    {
        var caller = await shared.App.Caller(10);
        var (status, answer) = await Ask(caller.Key, task, body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("builtin", language), (answer.GetProperty("meta").GetProperty("provider").GetString(), answer.GetProperty("meta").GetProperty("language").GetString()));
        Assert.StartsWith(begins.TrimEnd('}'), answer.GetProperty("result").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_does_as_well()
    {
        var caller = await shared.App.Caller(10);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["text"] = "I love it & them", ["provider"] = "builtin" });
        using var parts = new MultipartFormDataContent { { new StringContent("I love it"), "text" } };

        Assert.Equal("POSITIVE", (await shared.Send("/v1/nlp/sentiment", form, caller.Key)).Body.GetProperty("result").GetProperty("sentiment").GetString());
        Assert.Equal("POSITIVE", (await shared.Send("/v1/nlp/sentiment", parts, caller.Key)).Body.GetProperty("result").GetProperty("sentiment").GetString());
    }

    [Theory]
    [InlineData("a", 4_000, 200)]
    [InlineData("a", 4_001, 400)]
    [InlineData("😀", 4_000, 200)]
    [InlineData("😀", 4_001, 400)]
    [InlineData("؟", 4_001, 400)]
    public async Task Four_thousand_characters_are_the_most_as_people_count_them(string character, int times, int status)
    {
        var caller = await shared.App.Caller(10);
        var (answered, body) = await Ask(caller.Key, "sentiment", JsonSerializer.Serialize(new { text = string.Concat(Enumerable.Repeat(character, times)), language = "en" }));

        Assert.Equal(status, (int)answered);
        if (status == 400) Assert.Contains("4000 characters", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sentiment", """{}""", 400, "VALIDATION_ERROR", "text is required")]
    [InlineData("sentiment", """{"text":"   "}""", 400, "VALIDATION_ERROR", "text is required")]
    [InlineData("sentiment", """{"text":7,"provider":"ibm","language":"tlh"}""", 400, "VALIDATION_ERROR", "3 fields")]
    [InlineData("sentiment", """{"text":"\u0000"}""", 400, "VALIDATION_ERROR", "NUL")]
    [InlineData("sentiment", """{"text":"\ud800"}""", 400, "VALIDATION_ERROR", "Unicode")]
    [InlineData("sentiment", """{"text":"12345"}""", 400, "VALIDATION_ERROR", "language could not be told")]
    [InlineData("sentiment", """{"text":"これはペンです。"}""", 400, "VALIDATION_ERROR", "builtin knows the words of de, en, es, fr, it, pt")]
    [InlineData("keyphrase", """{"text":"hello","language":"zh-tw"}""", 400, "VALIDATION_ERROR", "zh-TW")]
    [InlineData("keyphrase", """{"text":"hello","provider":"gcp"}""", 400, "VALIDATION_ERROR", "gcp does not do keyphrase; these do: aws, azure, llm, builtin")]
    [InlineData("sentiment", """{"text":"hello","provider":"AWS"}""", 503, "PROVIDER_UNAVAILABLE", "Analysis:aws:AccessKey")]
    [InlineData("sentiment", """{"text":"hello","provider":"azure"}""", 503, "PROVIDER_UNAVAILABLE", "Analysis:azure:BaseUrl")]
    [InlineData("sentiment", """{"text":"hello","provider":"gcp"}""", 503, "PROVIDER_UNAVAILABLE", "Analysis:gcp:ApiKey")]
    [InlineData("sentiment", """{"text":"hello","provider":"llm"}""", 503, "PROVIDER_UNAVAILABLE", "Analysis:llm:Model")]
    [InlineData("sentiment", "{", 400, "VALIDATION_ERROR", "not valid JSON")]
    public async Task What_is_refused_costs_nothing_and_says_why(string task, string body, int status, string code, string message)
    {
        var caller = await shared.App.Caller(1);
        var (answered, answer) = await Ask(caller.Key, task, body);

        Assert.Equal((status, code), ((int)answered, answer.GetProperty("error").GetProperty("code").GetString()));
        Assert.Contains(message, answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await shared.Balance(caller));
        Assert.Equal(HttpStatusCode.OK, (await Ask(caller.Key, "sentiment", """{"text":"good"}""")).Status);
    }

    [Fact]
    public async Task Without_credits_nothing_is_looked_at()
    {
        var caller = await shared.App.Caller(1);
        Assert.Equal(HttpStatusCode.OK, (await Ask(caller.Key, "sentiment", """{"text":"good"}""")).Status);
        var (status, body) = await Ask(caller.Key, "sentiment", """{"text":"good"}""");

        Assert.Equal((HttpStatusCode.PaymentRequired, "INSUFFICIENT_CREDITS"), (status, body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_token_needs_its_account_beside_it_and_a_key_does_not()
    {
        var member = await shared.Member();
        var token = await Token(member);
        const string Text = """{"text":"good"}""";

        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(token, "sentiment", Text)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(token, "sentiment", Text, ("ACCOUNT-ID", Guid.NewGuid().ToString()))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(token, "sentiment", Text, ("ACCOUNTID", "somebody"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ask(token, "sentiment", Text, ("ACCOUNT-ID", member.Caller.Account.ToString()))).Status);
        // As one of the page's samples for R writes it.
        Assert.Equal(HttpStatusCode.OK, (await Ask(token, "sentiment", Text, ("ACCOUNTID", member.Caller.Account.ToString()))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ask(member.Caller.Key, "sentiment", Text)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask("nothing", "sentiment", Text)).Status);
        var (_, narrow) = await member.Caller.Post("/v1/keys", new { name = "narrow", scopes = new[] { "read" } });
        Assert.Equal(HttpStatusCode.Forbidden, (await Ask(narrow.GetProperty("data").GetProperty("secret").GetString()!, "sentiment", Text)).Status);
    }

    [Fact]
    public async Task Errors_outside_of_a_handler_are_in_the_native_words_too()
    {
        var caller = await shared.App.Caller(1);
        using var text = new StringContent("<a/>", Encoding.UTF8, "application/xml");
        var (unsupported, body) = await shared.Send("/v1/nlp/sentiment", text, caller.Key);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE"), (unsupported, body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED"), Code(await caller.Put("/v1/nlp/sentiment", new { })));
        Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), Code(await caller.Get("/v1/nlp/translate")));

        static (HttpStatusCode, string?) Code((HttpStatusCode Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_test_key_is_served_by_this_server_alone_and_pays_from_its_own_balance()
    {
        var caller = await shared.App.Caller(5);
        var (_, made) = await caller.Post("/v1/keys", new { name = "test", test = true, scopes = new[] { "analyze" } });
        var key = made.GetProperty("data").GetProperty("secret").GetString()!;

        Assert.Equal("builtin", (await Ask(key, "sentiment", """{"text":"good"}""")).Body.GetProperty("meta").GetProperty("provider").GetString());
        Assert.Equal(5, await shared.Balance(caller));
    }

    private async Task<string> Token(Member member) =>
        (await shared.Post("/v1/user/token", JsonSerializer.Serialize(new { email = member.Email, password = member.Password }), "Content-Type: application/json")).Body.GetProperty("token").GetString()!;

    private async Task<(HttpStatusCode Status, JsonElement Body)> Ask(string credential, string task, string body, params (string Name, string Value)[] headers)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await shared.Send("/v1/nlp/" + task, content, credential, headers);
    }
}
