using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.Billing;

/// <summary>Either a pack of credits or a plan with its interval.</summary>
public sealed record NewCheckoutBody
{
    [OneOf(typeof(PackNames))]
    public string? Pack { get; init; }

    /// <summary>A plan's name other than <c>free</c>.</summary>
    [StringLength(60)]
    public string? Plan { get; init; }

    /// <summary>How often a plan is paid for; only with <c>plan</c>.</summary>
    [OneOf(typeof(PlanIntervals))]
    public string? Interval { get; init; }
}

/// <summary>Where to pay.</summary>
/// <param name="Url">The payment page, for the customer's browser.</param>
/// <param name="SessionId">The payment service's own id of it.</param>
public sealed record CheckoutView(string Url, string SessionId);

/// <summary>Where to see invoices and change what is paid by.</summary>
/// <param name="Url">For the customer's browser.</param>
public sealed record PortalView(string Url);

public static class PackNames
{
    public static readonly IReadOnlyList<string> All = ["small", "medium", "large"];
}

public static class PlanIntervals
{
    public const string Month = "month", Year = "year";

    public static readonly IReadOnlyList<string> All = [Month, Year];
}
