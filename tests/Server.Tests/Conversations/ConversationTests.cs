using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Faces.OpenAi;
using Rpd.Server.Tests.Providers.Chat;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Conversations;

/// <summary>The page of the chat: what is asked is answered, kept and paid; what is refused or breaks off is neither.</summary>
public sealed class ConversationTests(TalkingWorld world) : IClassFixture<TalkingWorld>
{
    private readonly App app = world.App;

    [Fact]
    public async Task Without_scripts_a_question_leads_to_the_page_with_its_answer_and_its_cost()
    {
        var (caller, visitor) = await Somebody();

        using var answered = await visitor.Post("/chat", "/chat", ("message", "Good evening?"), ("model", "rapshee-1"), ("instructions", "Be brief."));
        var address = Address(answered);
        var page = await visitor.Read(address);

        Assert.Contains("<p>Good evening?</p>", page, StringComparison.Ordinal);
        Assert.Contains("<p>Good morning</p>", page, StringComparison.Ordinal);
        Assert.Matches("1 credit</span>\\s*<span>[0-9]+ tokens", page);
        Assert.Contains("""href="/chat/""", await visitor.Read("/chat"), StringComparison.Ordinal);
        Assert.Equal(999, await app.Booked(caller));
        var asked = world.Upstream.Requests.Last().GetProperty("messages");
        Assert.Equal(["system: Be brief.", "user: Good evening?"], Said(asked));
    }

    [Fact]
    public async Task The_next_question_brings_along_what_was_said()
    {
        var (_, visitor) = await Somebody();
        var address = await Asked(visitor, "First?");

        using var second = await visitor.Post(address, address, ("message", "Second?\r\nReally?"), ("model", "free"));

        Assert.Equal(["user: First?", "assistant: Good morning", "user: Second?\nReally?"], Said(world.Upstream.Requests.Last().GetProperty("messages")));
        Assert.Equal(["user", "assistant", "user", "assistant"], await Roles(address));
        Assert.Contains("""value="free" selected""", await visitor.Read(address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_was_not_wanted_is_written_anew_and_the_question_stays_one()
    {
        var (caller, visitor) = await Somebody();
        var address = await Asked(visitor, "A colour?");

        using var again = await visitor.Post(address, address + "/again", ("model", "rapshee-1"));

        Assert.Equal(["user: A colour?"], Said(world.Upstream.Requests.Last().GetProperty("messages")));
        Assert.Equal(["user", "assistant"], await Roles(address));
        // Both were written, both are paid.
        Assert.Equal(998, await app.Booked(caller));
    }

    [Fact]
    public async Task With_scripts_the_answer_comes_as_it_is_written_and_at_the_end_it_is_kept()
    {
        var (_, visitor) = await Somebody();

        using var response = await Stream(visitor, "/chat", ("message", "Hello?"), ("model", "rapshee-1"));
        var events = Events(await response.Content.ReadAsStringAsync());

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("at", events[0].Name);
        Assert.Matches("^/chat/[0-9a-f-]{36}$", events[0].Data);
        Assert.Contains(events, one => one.Name == "html" && one.Data.Trim() is "<p>Good</p>" or "<p>Good morning</p>");
        Assert.Equal(("html", "<p>Good morning</p>\n"), events[^2]);
        Assert.Equal(("end", ""), events[^1]);
        Assert.Equal(["user", "assistant"], await Roles(events[0].Data));
    }

    [Fact]
    public async Task What_was_written_until_its_reader_stops_it_is_kept_and_paid()
    {
        var (caller, visitor) = await Somebody();
        var stopped = new TaskCompletionSource();
        using var slow = world.Answering(ChatServer.Sends(ChatServer.Event(ChatServer.Chunk("Once upon a time ")), async http => await Task.WhenAny(stopped.Task, Task.Delay(-1, http.RequestAborted))));

        using var response = await Stream(visitor, "/chat", ("message", "A long story?"), ("model", "rapshee-1"));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var begun = await Until(reader, "Once upon");
        var address = Regex.Match(begun, "/chat/[0-9a-f-]{36}").Value;
        using var stop = await visitor.Post(address, address + "/stop");
        var rest = await reader.ReadToEndAsync();
        stopped.SetResult();

        Assert.Equal(HttpStatusCode.NoContent, stop.StatusCode);
        Assert.EndsWith("event: end\ndata: \"\"\n\n", rest, StringComparison.Ordinal);
        var page = await visitor.Read(address);
        Assert.Contains("Once upon a time", page, StringComparison.Ordinal);
        Assert.Contains("<span>stopped</span>", page, StringComparison.Ordinal);
        Assert.Equal(999, await app.Booked(caller));
        using var nothing = await visitor.Post(address, address + "/stop");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task Who_leaves_finds_what_was_written_until_then()
    {
        var (caller, visitor) = await Somebody();
        using var slow = world.Answering(ChatServer.Sends(ChatServer.Event(ChatServer.Chunk("Once upon a time ")), async http => await Task.WhenAny(Task.Delay(-1, http.RequestAborted))));

        var response = await Stream(visitor, "/chat", ("message", "A long story?"), ("model", "rapshee-1"));
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var begun = await Until(reader, "Once upon");
        response.Dispose();
        var address = Regex.Match(begun, "/chat/[0-9a-f-]{36}").Value;

        for (var tries = 0; (await Roles(address)).Length < 2; tries++)
        {
            Assert.True(tries < 200, "The answer was not kept.");
            await Task.Delay(50);
        }
        Assert.Equal(999, await app.Booked(caller));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_costs_nothing_and_the_question_can_be_asked_again()
    {
        var (caller, visitor) = await Somebody();
        var seen = new TaskCompletionSource();
        string begun, rest;
        using (world.Answering(ChatServer.Sends(ChatServer.Event(ChatServer.Chunk("Once ")), async http =>
        {
            await seen.Task;
            http.Abort();
        })))
        {
            using var response = await Stream(visitor, "/chat", ("message", "A story?"), ("model", "rapshee-1"));
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            begun = await Until(reader, "Once");
            seen.SetResult();
            rest = await reader.ReadToEndAsync();
        }
        var address = Regex.Match(begun, "/chat/[0-9a-f-]{36}").Value;

        var page = await visitor.Read(address + "?broke=yes");

        Assert.Contains("event: end\ndata: \"The model cannot be reached now. Nothing was charged", rest, StringComparison.Ordinal);
        Assert.Contains("The answer broke off. Nothing was charged", page, StringComparison.Ordinal);
        Assert.Contains("There is no answer.", page, StringComparison.Ordinal);
        Assert.Equal(1000, await app.Booked(caller));
        using var again = await visitor.Post(address, address + "/again", ("model", "rapshee-1"));
        Assert.Equal(["user", "assistant"], await Roles(address));
    }

    [Theory]
    [InlineData("", "rapshee-1", 422, "Write something first.")]
    [InlineData("Hello?", "nobody", 422, "The model nobody does not exist here.")]
    [InlineData("Hello?", "down", 503, "The model cannot be reached now.")]
    [InlineData("something forbidden", "rapshee-1", 422, "The prompt was filtered.")]
    public async Task What_is_refused_stays_in_the_form_and_leaves_no_conversation(string message, string model, int status, string reason)
    {
        var (caller, visitor) = await Somebody();

        using var refused = await visitor.Post("/chat", "/chat", ("message", message), ("model", model), ("instructions", "Be brief."));
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)refused.StatusCode);
        Assert.Contains(reason, page, StringComparison.Ordinal);
        Assert.Contains($">{message}</textarea>", page, StringComparison.Ordinal);
        Assert.Contains(">Be brief.</textarea>", page, StringComparison.Ordinal);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from conversations where account_id = $1", caller.Account));
        Assert.Equal(1000, await app.Booked(caller));
    }

    [Fact]
    public async Task Without_credits_it_says_so()
    {
        var (_, visitor) = await Somebody(credits: 0);

        using var refused = await visitor.Post("/chat", "/chat", ("message", "Hello?"), ("model", "rapshee-1"));

        Assert.Equal(HttpStatusCode.PaymentRequired, refused.StatusCode);
        Assert.Contains("credits but only have 0", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_reads_asks_stops_or_deletes_what_is_somebody_elses()
    {
        var (_, owner) = await Somebody();
        var address = await Asked(owner, "A secret?");
        var (_, other) = await Somebody();

        using var read = await other.Get(address);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        foreach (var verb in new[] { "", "/again", "/stop", "/delete" })
        {
            using var done = await other.Post("/chat", address + verb, ("message", "What was said?"), ("model", "rapshee-1"));
            Assert.Equal(HttpStatusCode.NotFound, done.StatusCode);
        }
        Assert.Equal(["user", "assistant"], await Roles(address));
    }

    [Fact]
    public async Task A_conversation_is_deleted_for_good()
    {
        var (caller, visitor) = await Somebody();
        var address = await Asked(visitor, "Forget this?");

        using var deleted = await visitor.Post(address, address + "/delete");

        Assert.Equal("/chat", Address(deleted));
        using var gone = await visitor.Get(address);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Empty(await Roles(address));
        Assert.Equal(0, await app.Scalar<long>("select count(*) from conversations where account_id = $1", caller.Account));
    }

    private async Task<(Caller Caller, PageVisitor Visitor)> Somebody(long credits = 1000)
    {
        var caller = await app.Caller(credits);
        return (caller, await PageVisitor.SignIn(app, caller.Account));
    }

    /// <returns>Where the conversation is.</returns>
    private static async Task<string> Asked(PageVisitor visitor, string question)
    {
        using var answered = await visitor.Post("/chat", "/chat", ("message", question), ("model", "rapshee-1"));
        return Address(answered);
    }

    // A server on a port is asked by a client that goes where it is sent.
    private static string Address(HttpResponseMessage response) => response.RequestMessage!.RequestUri!.PathAndQuery;

    private static Task<HttpResponseMessage> Stream(PageVisitor visitor, string path, params (string Name, string Value)[] fields) =>
        visitor.Open("/chat", path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), "text/event-stream, text/vnd.turbo-stream.html");

    private static async Task<string> Until(StreamReader reader, string words)
    {
        var read = "";
        while (!read.Contains(words, StringComparison.Ordinal)) read += (await reader.ReadLineAsync() ?? throw new InvalidDataException($"It ended: {read}")) + "\n";
        return read;
    }

    private static (string Name, string Data)[] Events(string body) =>
        [.. Regex.Matches(body, "event: (\\w+)\ndata: (.*)\n\n").Select(match => (match.Groups[1].Value, JsonSerializer.Deserialize<string>(match.Groups[2].Value)!))];

    private static string[] Said(JsonElement messages) => [.. messages.EnumerateArray().Select(message => $"{message.GetProperty("role").GetString()}: {message.GetProperty("content").GetString()}")];

    private Task<string[]> Roles(string address) =>
        app.Scalar<string[]>("select coalesce(array_agg(role order by id), '{}') from conversation_turns where conversation_id = $1", Guid.Parse(address["/chat/".Length..]));
}
