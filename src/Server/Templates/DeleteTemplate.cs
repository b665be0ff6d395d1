using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.Templates;

public sealed class DeleteTemplate(AppDb db)
{
    /// <returns>False when the account has no such template.</returns>
    public async Task<bool> Run(Guid account, Guid id, CancellationToken cancel) =>
        await db.Templates.Where(row => row.Id == id && row.AccountId == account).ExecuteDeleteAsync(cancel) > 0;
}
