using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.Conversations;

public sealed class DeleteConversation(AppDb db)
{
    /// <returns>False when the account has no such conversation.</returns>
    public async Task<bool> Run(Guid account, Guid id, CancellationToken cancel) =>
        await db.Conversations.Where(row => row.Id == id && row.AccountId == account).ExecuteDeleteAsync(cancel) > 0;
}
