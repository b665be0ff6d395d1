using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Tests.OpenApi;
using Rpd.Server.Tests.Providers.Chat;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Faces.OpenAi.TalkingWorld;

namespace Rpd.Server.Tests.Faces.OpenAi;

public sealed class ChatFaceTests(TalkingWorld world) : IClassFixture<TalkingWorld>
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task An_answer_has_our_name_of_the_model_and_costs_the_tokens_that_the_upstream_has_counted()
    {
        var caller = await world.App.Caller();

        var (status, answer) = await caller.Post(Path, Asking(new { max_tokens = 1000, temperature = 0.7 }));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("chat.completion", answer.GetProperty("object").GetString());
        Assert.Equal("rapshee-1", answer.GetProperty("model").GetString());
        Assert.Equal("Good morning", answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(11, answer.GetProperty("usage").GetProperty("total_tokens").GetInt64());
        // 11 tokens at 2 credits per 1,000, rounded up.
        Assert.Equal("1/0/1/9/2", await world.Booked(caller, 1));
    }

    [Fact]
    public async Task A_price_is_the_tokens_times_the_rate_rounded_up_once_and_at_least_one()
    {
        var caller = await world.App.Caller();
        using var _ = world.Answering(http => http.Response.WriteAsJsonAsync(new { choices = new[] { new { message = new { content = "x" } } }, usage = new { prompt_tokens = 1500, completion_tokens = 751 } }));

        await caller.Post(Path, Asking(model: SameName));
        await caller.Post(Path, Asking(model: "gone"));
        await caller.Post(Path, Asking(model: "free"));

        // 2.251 × 2 = 4.502; 2.251 × 0.25 = 0.56; nothing.
        Assert.Equal($"3/0/{5 + 1 + 0}/4500/2253", await world.Booked(caller, 3));
    }

    [Fact]
    public async Task A_stream_is_the_upstreams_own_byte_for_byte_and_its_usage_comes_to_whoever_asks_for_it()
    {
        var caller = await world.App.Caller();
        var chunks = $"{ChatServer.Event(ChatServer.Chunk("Gü"))}{ChatServer.Event(ChatServer.Chunk("ten ✓"))}{ChatServer.Event(ChatServer.Chunk(null, "stop"))}";
        var usage = ChatServer.Event(new { choices = Array.Empty<object>(), usage = new { prompt_tokens = 4, completion_tokens = 5 } });
        using var _ = world.Answering(ChatServer.Sends($": hello\n\n{chunks}{usage}data: [DONE]\n\n"));

        Assert.Equal($"{chunks}data: [DONE]\n\n", await Read(caller, Asking(new { stream = true }, SameName)));
        Assert.Equal($"{chunks}{usage}data: [DONE]\n\n", await Read(caller, Asking(new { stream = true, stream_options = new { include_usage = true } }, SameName)));
        // Under another name there, only the name differs.
        Assert.Equal($"{chunks}data: [DONE]\n\n".Replace(SameName, "rapshee-1", StringComparison.Ordinal), await Read(caller, Asking(new { stream = true })));
        Assert.Equal("3/0/3/12/15", await world.Booked(caller, 3));
    }

    [Fact]
    public async Task A_chunk_is_sent_when_it_comes_and_not_when_the_next_one_does()
    {
        var caller = await world.App.Caller();
        var heard = new TaskCompletionSource();
        using var _ = world.Answering(ChatServer.Sends(ChatServer.Event(ChatServer.Chunk("one")), async http =>
        {
            await heard.Task.WaitAsync(TimeSpan.FromSeconds(20));
            await http.Response.WriteAsync("data: [DONE]\n\n");
        }));

        using var response = await world.Open(caller, Asking(new { stream = true }));
        var buffer = new byte[1000];
        var read = await (await response.Content.ReadAsStreamAsync()).ReadAsync(buffer);
        heard.SetResult();

        Assert.Contains("one", Encoding.UTF8.GetString(buffer, 0, read), StringComparison.Ordinal);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("DONE", Encoding.UTF8.GetString(buffer, 0, read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_hangs_up_in_the_middle_pays_for_what_was_written_and_the_upstream_is_told_to_stop()
    {
        var caller = await world.App.Caller();
        var gone = new TaskCompletionSource();
        using var _ = world.Answering(ChatServer.Sends(ChatServer.Event(ChatServer.Chunk(string.Concat(Enumerable.Repeat("word ", 2000)))), async http =>
        {
            http.RequestAborted.Register(() => gone.TrySetResult());
            await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }));

        using (var response = await world.Open(caller, Asking(new { stream = true, max_tokens = 4000 })))
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[500]);

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var booked = (await world.Booked(caller, 1)).Split('/').Select(long.Parse).ToArray();
        Assert.Equal(0, booked[1]);
        // Some 2,000 tokens at 2 per 1,000.
        Assert.InRange(booked[2], 4, 6);
        Assert.InRange(booked[4], 1900, 2600);
    }

    [Fact]
    public async Task Who_hangs_up_before_anything_was_written_pays_nothing_and_gets_the_minutes_tokens_back()
    {
        var caller = await world.App.Caller();
        var (asked, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var hangUp = new CancellationTokenSource();
        using var _ = world.Answering(async http =>
        {
            http.RequestAborted.Register(() => gone.TrySetResult());
            asked.TrySetResult();
            await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));
        });

        var call = world.Open(caller, Asking(new { stream = true, max_tokens = 16000 }), hangUp.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("1/1/0/0/0", await world.Booked(caller, 1));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_ends_in_an_error_and_costs_nothing()
    {
        var caller = await world.App.Caller();
        var heard = new TaskCompletionSource();
        using var _ = world.Answering(ChatServer.Sends(ChatServer.Event(ChatServer.Chunk("half")), async http =>
        {
            await heard.Task.WaitAsync(TimeSpan.FromSeconds(20));
            http.Abort();
        }));

        using var response = await world.Open(caller, Asking(new { stream = true }));
        heard.SetResult();
        var text = await response.Content.ReadAsStringAsync();

        Assert.EndsWith("\n\n", text, StringComparison.Ordinal);
        var error = JsonDocument.Parse(text.Split("data: ")[^1]).RootElement.GetProperty("error");
        Assert.Equal("upstream_error", error.GetProperty("code").GetString());
        Assert.StartsWith("req_", error.GetProperty("request_id").GetString(), StringComparison.Ordinal);
        Assert.Equal("1/1/0/0/0", await world.Booked(caller, 1));
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", "model")]
    [InlineData("""{"model":7,"messages":[{"role":"user","content":"x"}]}""", "model")]
    [InlineData("""{"model":"rapshee-1"}""", "messages")]
    [InlineData("""{"model":"rapshee-1","messages":[]}""", "messages")]
    [InlineData("""{"model":"rapshee-1","messages":"hi"}""", "messages")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"},{"role":"king","content":"x"}]}""", "messages[1]")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user"}]}""", "messages[0]")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":[{"text":"x"}]}]}""", "messages[0]")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"}],"temperature":2.1}""", "temperature")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"}],"top_p":-1}""", "top_p")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"}],"max_tokens":0}""", "max_tokens")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"}],"max_tokens":-5}""", "max_tokens")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"}],"max_tokens":1000000000}""", "max_tokens")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"}],"max_tokens":1e40}""", "max_tokens")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"}],"max_completion_tokens":1.5}""", "max_completion_tokens")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"}],"n":2}""", "n")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"}],"stop":["a","b","c","d","e"]}""", "stop")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"}],"stream":"yes"}""", "stream")]
    [InlineData("""{"model":"rapshee-1","messages":[{"role":"user","content":"x"}],"tools":{}}""", "tools")]
    [InlineData("[]", null)]
    [InlineData("{", null)]
    public async Task What_is_wrong_with_a_request_is_said_in_openais_words(string body, string? param)
    {
        var caller = await world.App.Caller();

        var (status, answer) = await caller.PostText(Path, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var error = answer.GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.NotEqual("", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("max_tokens", 0)]
    [InlineData("max_tokens", 16_385)]
    [InlineData("max_completion_tokens", 1_000_000_000)]
    public async Task How_long_an_answer_may_be_is_said_to_whoever_asks_for_another_length(string field, long tokens)
    {
        var (_, answer) = await (await world.App.Caller()).Post(Path, Asking(new Dictionary<string, long> { [field] = tokens }));

        Assert.Equal($"{field} must be between 1 and 16384.", answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Whoever_may_not_call_is_told_so_in_the_same_words()
    {
        var (rich, poor) = (await world.App.Caller(), await world.App.Caller(credits: 1));
        using var stranger = world.App.CreateClient();

        using (var answer = await stranger.PostAsync(Path, null)) await Is(answer, 401, "authentication_error", "invalid_api_key");
        using (var answer = await rich.Http.DeleteAsync(Path)) await Is(answer, 405, "invalid_request_error", "method_not_allowed");
        using (var answer = await rich.Http.GetAsync("/v1/chat/nothing")) await Is(answer, 404, "invalid_request_error", "not_found");
        using (var answer = await rich.Http.PostAsync(Path, new StringContent("x"))) await Is(answer, 415, "invalid_request_error", "unsupported_media_type");
        using (var large = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(new string(' ', 11_000_000), null, "application/json"), Headers = { ExpectContinue = true } })
        using (var answer = await rich.Http.SendAsync(large)) await Is(answer, 413, "invalid_request_error", "payload_too_large");
        Assert.Equal((402, "insufficient_quota"), await Refused(poor, Asking(new { max_tokens = 2000 })));
        Assert.Equal((404, "model_not_found"), await Refused(rich, Asking(model: "nobody")));
        Assert.Equal((404, "model_not_found"), await Refused(rich, Asking(model: "priceless")));
        Assert.Equal((503, "upstream_error"), await Refused(rich, Asking(model: "down")));
        Assert.Equal((503, "upstream_error"), await Refused(rich, Asking(model: "unserved")));
        Assert.Equal((503, "upstream_error"), await Refused(rich, Asking(model: "gone")));
        Assert.Equal((400, "content_filter"), await Refused(rich, Asking(text: "forbidden things")));
        Assert.Equal(1, await poor.Balance());
    }

    [Fact]
    public async Task The_minutes_tokens_are_reserved_and_come_back_when_they_were_not_needed()
    {
        var caller = await world.App.Caller(credits: 1_000_000, plan: "free");

        var first = await Headers(caller, Asking(new { max_tokens = 16000 }));
        var second = await Headers(caller, Asking(new { max_tokens = 16000 }));
        var asked = 0;
        using var slow = world.Answering(async http =>
        {
            Interlocked.Increment(ref asked);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        using var hangUp = new CancellationTokenSource();
        var waiting = new[] { Open(), Open() };
        for (var tries = 0; Volatile.Read(ref asked) < 2; tries++)
        {
            Assert.True(tries < 400, "The upstream was not asked.");
            await Task.Delay(50);
        }
        var refused = await Refused(caller, Asking(new { max_tokens = 16000 }));
        await hangUp.CancelAsync();

        Assert.Equal("40000", first["x-ratelimit-limit-tokens"]);
        Assert.Equal("60", first["x-ratelimit-limit-requests"]);
        // The first has given back nearly all that it had reserved.
        Assert.InRange(int.Parse(second["x-ratelimit-remaining-tokens"]), 23_900, 24_000);
        Assert.Equal((429, "rate_limit_exceeded"), refused);
        foreach (var one in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);

        Task<HttpResponseMessage> Open() => world.Open(caller, Asking(new { max_tokens = 16000 }), hangUp.Token);
    }

    [Fact]
    public async Task Credits_that_were_given_pay_for_our_own_models_and_for_no_others()
    {
        var caller = await world.App.Caller(credits: 0);
        await world.App.Execute("select credit_post($1, now(), 'grant', 'test:' || $1, 20, 0, 0, 0, 0, 0, -20, 0, null, null, null)", caller.Account);

        Assert.Equal((402, "insufficient_quota"), await Refused(caller, Asking(model: SameName)));
        Assert.Equal((200, null), await Refused(caller, Asking()));
    }

    [Fact]
    public async Task A_test_key_is_answered_by_what_is_built_in_and_pays_with_what_is_not_money()
    {
        var caller = await world.App.Caller(credits: 5);
        var (_, made) = await caller.Post("/v1/keys", new { name = "test", test = true, scopes = new[] { "chat", "read" } });
        var asked = world.Upstream.Requests.Count;
        using var test = world.App.CreateClient();
        test.DefaultRequestHeaders.Authorization = new("Bearer", made.GetProperty("data").GetProperty("secret").GetString());

        using var response = await test.PostAsync(Path, new StringContent(JsonSerializer.Serialize(Asking(text: "How do I create an API key?")), Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(asked, world.Upstream.Requests.Count);
        Assert.Equal(5, await caller.Balance());
    }

    [Fact]
    public async Task OpenAIs_own_client_for_javascript_runs_unmodified()
    {
        var (caller, poor, limited) = (await world.App.Caller(), await world.App.Caller(credits: 0), await world.App.Caller(credits: 100_000, plan: "free"));

        var (exitCode, output) = await Judges.Script("chat.mjs", world.Address + "/v1", caller.Key, poor.Key, limited.Key);

        Assert.True(exitCode == 0, output);
        var said = JsonDocument.Parse(output).RootElement;
        Assert.Equal("""["rapshee-1","rapshee-1-mini"]""", said.GetProperty("models").GetRawText());
        Assert.Equal("""["rapshee-1","model","rapshee"]""", said.GetProperty("model").GetRawText());
        Assert.Equal("""["chat.completion","rapshee-1","Good morning",11]""", said.GetProperty("whole").GetRawText());
        Assert.Equal("Good morning", said.GetProperty("helper").GetString());
        Assert.Equal("Good morning", said.GetProperty("streamed").GetProperty("text").GetString());
        Assert.Equal("stop", said.GetProperty("streamed").GetProperty("finish").GetString());
        Assert.Equal(11, said.GetProperty("streamed").GetProperty("usage").GetProperty("total_tokens").GetInt64());
        Assert.Equal("weather", said.GetProperty("called").GetString());
        Assert.Equal("""{"invalid":["BadRequestError",400,null,"invalid_request_error","temperature",true],"key":["AuthenticationError",401,"invalid_api_key","authentication_error",null,true],"quota":["APIError",402,"insufficient_quota","insufficient_quota",null,true],"model":["NotFoundError",404,"model_not_found","invalid_request_error","model",true],"limit":["RateLimitError",429,"rate_limit_exceeded","rate_limit_error",null,true],"upstream":["InternalServerError",503,"upstream_error","upstream_error",null,true],"stranger":["NotFoundError",404,"model_not_found","invalid_request_error","model",true]}""",
            said.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task The_sample_of_that_services_page_runs_as_it_is_printed()
    {
        var caller = await world.App.Caller();

        var (exitCode, output) = await Judges.Script("chat-page.mjs", world.Address, caller.Key);

        Assert.Equal((0, "Good morning"), (exitCode, output.Trim()));
    }

    private async Task<string> Read(Caller caller, object body)
    {
        using var response = await world.Open(caller, body);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<(int, string?)> Refused(Caller caller, object body)
    {
        var (status, answer) = await caller.Post(Path, body);
        return ((int)status, answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null);
    }

    private static async Task<Dictionary<string, string>> Headers(Caller caller, object body)
    {
        using var response = await caller.Http.PostAsync(Path, new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.First());
    }

    private static async Task Is(HttpResponseMessage answer, int status, string type, string code)
    {
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal((type, code), (error.GetProperty("type").GetString(), error.GetProperty("code").GetString()));
    }
}
