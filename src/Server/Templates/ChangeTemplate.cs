using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Catalog;
using Rpd.Shared;
using Rpd.Shared.Templates;

namespace Rpd.Server.Templates;

public sealed class ChangeTemplate(AppDb db, ModelCatalog catalog)
{
    /// <param name="wish">What it does not mention stays.</param>
    public async Task<Outcome<TemplateView>> Run(Guid account, Guid id, TemplateWish wish, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Templates.FromSql($"select * from templates where id = {id} and account_id = {account} for update").SingleOrDefaultAsync(cancel) is not { } row)
            return Refusal.NotFound("The template");
        row.Title = wish.Title ?? row.Title;
        row.Type = wish.Type ?? row.Type;
        row.Model = wish.ChangeModel ? wish.Model : row.Model;
        if (wish.Prompt is not null || wish.Placeholders is not null)
        {
            row.Prompt = wish.Prompt ?? row.Prompt;
            // A new prompt keeps what was said about the gaps that it still has.
            var described = wish.Placeholders ?? [.. TemplateQueries.View(row).Placeholders.Where(known => row.Prompt.Contains($"{{{known.Name}}}", StringComparison.Ordinal))];
            row.Placeholders = JsonSerializer.SerializeToElement(TemplateWish.Fit(row.Prompt, described, wish.Mistakes), JsonSerializerOptions.Web);
        }
        if (wish.Check(catalog) is { } wrong) return wrong;
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TemplateQueries.View(row);
    }
}
