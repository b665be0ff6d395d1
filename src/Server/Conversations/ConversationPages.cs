using System.Text.Json;
using System.Threading.Channels;
using Rpd.Server.Accounts;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Chat;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Conversations;

/// <summary>The page of the chat. A browser with scripts takes the answer as it is written; one without waits for the page that has it.</summary>
public static class ConversationPages
{
    // As often as eyes notice. Each time the whole answer is drawn anew, so that half a table never looks like one.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    public static void MapConversationPages(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/chat").RequireAuthorization();
        own.MapGet("", (HttpContext http, DrawChat draw) => draw.Page(http, null, [], null));
        own.MapPost("", (HttpContext http, AnswerQuestion answer, ConversationQueries conversations, CreditQueries credits, DrawChat draw) => Ask(null, false, http, answer, conversations, credits, draw));
        own.MapGet("/{id:guid}", Show);
        own.MapPost("/{id:guid}", (Guid id, HttpContext http, AnswerQuestion answer, ConversationQueries conversations, CreditQueries credits, DrawChat draw) => Ask(id, false, http, answer, conversations, credits, draw));
        own.MapPost("/{id:guid}/again", (Guid id, HttpContext http, AnswerQuestion answer, ConversationQueries conversations, CreditQueries credits, DrawChat draw) => Ask(id, true, http, answer, conversations, credits, draw));
        own.MapPost("/{id:guid}/stop", async (Guid id, HttpContext http, ConversationQueries conversations, RunningAnswers running) =>
            await conversations.Find(http.User.AccountId()!.Value, id, http.RequestAborted) is not null && await running.Stop(id) ? Results.NoContent() : Results.NotFound());
        own.MapPost("/{id:guid}/delete", async (Guid id, HttpContext http, DeleteConversation delete) =>
            await delete.Run(http.User.AccountId()!.Value, id, http.RequestAborted) ? See("/chat") : Results.NotFound());
        own.MapGet("/{id:guid}/{verb}", (Guid id, string verb) => See($"/chat/{id}"));
    }

    private static async Task<IResult> Show(Guid id, HttpContext http, ConversationQueries conversations, DrawChat draw)
    {
        var found = await conversations.Find(http.User.AccountId()!.Value, id, http.RequestAborted);
        return found is null ? Results.NotFound() : await draw.Page(http, found, await conversations.Turns(id, http.RequestAborted), null);
    }

    private static async Task<IResult> Ask(Guid? id, bool again, HttpContext http, AnswerQuestion answer, ConversationQueries conversations, CreditQueries credits, DrawChat draw)
    {
        var account = http.User.AccountId()!.Value;
        var found = id is { } known ? await conversations.Find(account, known, http.RequestAborted) : null;
        if (id is not null && found is null) return Results.NotFound();
        var turns = found is null ? [] : await conversations.Turns(found.Id, http.RequestAborted);
        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = Fields.Of(posted);
        var question = Question.Read(fields, found, turns, again);
        if (fields.Refusal is { } wrong) return await draw.Refused(http, found, turns, posted, wrong);
        var payer = new Payer(account, "pages", (await credits.Balance(account, http.RequestAborted)).Plan);
        var begun = await answer.Run(payer, question, turns, http.RequestAborted);
        if (begun.Declined) return await draw.Refused(http, found, turns, posted, begun.Refusal);
        if (http.Request.Headers.Accept.ToString().Contains(EventStream.ContentType, StringComparison.Ordinal))
        {
            await Stream(http, begun.Value);
            return Results.Empty;
        }
        var address = $"/chat/{begun.Value.Conversation}";
        Refusal? broke;
        await using (var written = begun.Value)
        {
            await foreach (var _ in written.Read(http.RequestAborted))
            {
            }
            broke = written.Broke;
        }
        return See(broke is null ? address + "#answer" : address + "?broke=yes");
    }

    private static async Task Stream(HttpContext http, WrittenAnswer answer)
    {
        EventStream.Begin(http);
        await using (answer)
        {
            await Tell("at", $"/chat/{answer.Conversation}");
            // Of what is written while something is shown, only the latest is wanted.
            var latest = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
            var reading = Read();
            try
            {
                await foreach (var text in latest.Reader.ReadAllAsync(CancellationToken.None))
                {
                    await Tell("html", MarkdownText.Html(text));
                    await Task.Delay(Pace, CancellationToken.None);
                }
            }
            finally
            {
                await reading;
            }

            async Task Read()
            {
                try
                {
                    await foreach (var text in answer.Read(http.RequestAborted)) latest.Writer.TryWrite(text);
                }
                finally
                {
                    latest.Writer.Complete();
                }
            }
        }
        // Now that it is kept and paid.
        await Tell("end", answer.Broke?.Message ?? "");

        async Task Tell(string name, string data)
        {
            // Whoever has left is told nothing; what was written for them is kept all the same.
            if (http.RequestAborted.IsCancellationRequested) return;
            await http.Response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(data)}\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
