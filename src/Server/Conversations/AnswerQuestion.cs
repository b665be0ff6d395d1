using Rpd.Server.Catalog;
using Rpd.Server.Chat;
using Rpd.Server.Credits;
using Rpd.Shared;

namespace Rpd.Server.Conversations;

/// <summary>Has a question answered. Nothing is written down and nothing is spent before an answer has begun.</summary>
public sealed class AnswerQuestion(ChatModels models, BeginChat begin, AskChat ask, KeepTurns keep, RunningAnswers running, TimeProvider time)
{
    /// <returns>An answer that has begun. Whoever gets one disposes it.</returns>
    public async Task<Outcome<WrittenAnswer>> Run(Payer payer, Question question, IReadOnlyList<ConversationTurn> turns, CancellationToken cancel)
    {
        var asked = ChatRequest.Read(question.Body(turns), models);
        if (asked.Declined) return asked.Refusal;
        var (admitted, _) = await begin.Run(asked.Value, payer, limitId: null, cancel);
        if (admitted.Declined) return admitted.Refusal;
        ChatCall? call = admitted.Value;
        CancellationTokenSource? stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        IStreamedAnswer? stream = null;
        try
        {
            var begun = await ask.Stream(asked.Value, test: false, stop.Token);
            if (begun.Declined) return begun.Refusal;
            stream = begun.Value;
            if (await keep.Ask(payer.AccountId, question, cancel) is not { } conversation) return Refusal.NotFound("The conversation");
            var answer = new WrittenAnswer(conversation, question.Model, call, stream, keep, stop, running.Add(conversation, stop), time);
            (call, stream, stop) = (null, null, null);
            return answer;
        }
        finally
        {
            // What nobody was given, nobody else disposes.
            if (stream is not null) await stream.DisposeAsync();
            call?.Dispose();
            stop?.Dispose();
        }
    }
}
