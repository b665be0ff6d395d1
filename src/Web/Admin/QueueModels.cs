using System.Globalization;
using Rpd.Shared;
using Rpd.Shared.Admin;

namespace Rpd.Web.Admin;

/// <param name="Kind">What the dead ones are narrowed to.</param>
/// <param name="Cursor">Of this page of dead jobs; null for the newest.</param>
/// <param name="Said">What the last form has done.</param>
public sealed record QueueModel(
    IReadOnlyList<LaneView> Lanes, IReadOnlyList<JobView> Stuck, IReadOnlyList<DeadKind> Kinds, string? Kind, Page<JobView> Dead, string? Cursor, string? Said)
{
    public RefusedAction Refused { get; init; } = RefusedAction.None;

    /// <summary>Names the form that does something with one job, or with all dead ones of a kind.</summary>
    public static string FormOf(string verb, long? id, string? kind) => $"{verb}-{id?.ToString(CultureInfo.InvariantCulture) ?? kind?.Replace('.', '-')}";
}

/// <param name="Cursor">Of this page; null for the newest.</param>
/// <param name="Said">What the last form has done.</param>
public sealed record FailingWebhooksModel(Page<FailingWebhookView> Webhooks, string? Cursor, string? Said)
{
    public RefusedAction Refused { get; init; } = RefusedAction.None;
}

/// <param name="Said">What the last form has done.</param>
public sealed record ProvidersModel(IReadOnlyList<ProviderView> Providers, string? Said)
{
    public RefusedAction Refused { get; init; } = RefusedAction.None;
}
