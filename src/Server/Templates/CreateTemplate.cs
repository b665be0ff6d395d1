using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Catalog;
using Rpd.Shared;
using Rpd.Shared.Templates;

namespace Rpd.Server.Templates;

public sealed class CreateTemplate(AppDb db, ModelCatalog catalog, TimeProvider time)
{
    private const int TemplatesMax = 1_000;

    /// <param name="wish">Read whole.</param>
    public async Task<Outcome<TemplateView>> Run(Guid account, TemplateWish wish, CancellationToken cancel)
    {
        var placeholders = TemplateWish.Fit(wish.Prompt ?? "", wish.Placeholders ?? [], wish.Mistakes);
        if (wish.Check(catalog) is { } wrong) return wrong;
        if (await db.Templates.CountAsync(row => row.AccountId == account, cancel) >= TemplatesMax)
            return Refusal.Conflict($"You have {TemplatesMax} templates, which is as many as one can.");
        var now = time.GetUtcNow();
        var made = new Template
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account,
            Title = wish.Title!,
            Type = wish.Type!,
            Prompt = wish.Prompt!,
            Placeholders = JsonSerializer.SerializeToElement(placeholders, JsonSerializerOptions.Web),
            Model = wish.Model,
            CreatedAt = now,
        };
        db.Templates.Add(made);
        await db.SaveChangesAsync(cancel);
        return TemplateQueries.View(made);
    }
}
