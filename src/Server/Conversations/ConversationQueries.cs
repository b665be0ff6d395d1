using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.Conversations;

public sealed class ConversationQueries(AppDb db)
{
    private const int ListedMax = 50;

    /// <summary>The latest, the one that was gone on with last first.</summary>
    public async Task<IReadOnlyList<Conversation>> Latest(Guid account, CancellationToken cancel) =>
        await db.Conversations.AsNoTracking().Where(row => row.AccountId == account).OrderByDescending(row => row.ChangedAt).Take(ListedMax).ToListAsync(cancel);

    public Task<Conversation?> Find(Guid account, Guid id, CancellationToken cancel) =>
        db.Conversations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.AccountId == account, cancel);

    /// <summary>The oldest first.</summary>
    public async Task<IReadOnlyList<ConversationTurn>> Turns(Guid conversation, CancellationToken cancel) =>
        await db.ConversationTurns.AsNoTracking().Where(row => row.ConversationId == conversation).OrderBy(row => row.Id).ToListAsync(cancel);
}
