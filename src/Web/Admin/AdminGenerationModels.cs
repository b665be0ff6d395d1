using Rpd.Shared;
using Rpd.Shared.Admin;

namespace Rpd.Web.Admin;

/// <param name="Cursor">Of this page; null for the newest.</param>
public sealed record AdminGenerationsModel(AdminGenerationFilter Filter, Page<AdminGenerationSummary> Generations, string? Cursor);

/// <param name="Said">What the last form has done.</param>
public sealed record AdminGenerationModel(AdminGenerationView View, string? Said)
{
    public RefusedAction Refused { get; init; } = RefusedAction.None;
}
