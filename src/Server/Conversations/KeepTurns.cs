using Microsoft.EntityFrameworkCore;
using Rpd.Web.Ui;

namespace Rpd.Server.Conversations;

/// <summary>Writes down what was asked and what was answered.</summary>
public sealed class KeepTurns(AppDb db, TimeProvider time)
{
    private const int TitleMax = 80;

    /// <summary>A question, or the same question again, whose answer is forgotten then.</summary>
    /// <returns>The conversation; null when it was deleted meanwhile.</returns>
    public async Task<Guid?> Ask(Guid account, Question question, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var id = question.Conversation ?? Guid.CreateVersion7(now);
        if (question.Conversation is null)
        {
            // By itself: the tables' mapping knows nothing of the rule that a turn needs its conversation.
            db.Conversations.Add(new() { Id = id, AccountId = account, Title = Words.Short(question.Text, TitleMax), Model = question.Model, Instructions = question.Instructions, CreatedAt = now, ChangedAt = now });
            await db.SaveChangesAsync(cancel);
        }
        else
        {
            var changed = await db.Conversations.Where(row => row.Id == id && row.AccountId == account).ExecuteUpdateAsync(
                row => row.SetProperty(one => one.Model, question.Model).SetProperty(one => one.Instructions, question.Instructions).SetProperty(one => one.ChangedAt, now), cancel);
            if (changed == 0) return null;
        }
        if (question.Again is { } answer) await db.ConversationTurns.Where(row => row.ConversationId == id && row.Id >= answer).ExecuteDeleteAsync(cancel);
        if (question.Text is { } text) db.ConversationTurns.Add(new() { Id = Guid.CreateVersion7(now), ConversationId = id, Role = ConversationTurn.User, Text = text, CreatedAt = now });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return id;
    }

    /// <summary>Also what was said until its reader left. A conversation that was deleted meanwhile keeps nothing.</summary>
    public async Task Answer(ConversationTurn turn)
    {
        if (!await db.Conversations.AnyAsync(row => row.Id == turn.ConversationId)) return;
        db.ConversationTurns.Add(turn);
        await db.SaveChangesAsync();
    }
}
