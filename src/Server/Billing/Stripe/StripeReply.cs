using System.Diagnostics.CodeAnalysis;

namespace Rpd.Server.Billing.Stripe;

/// <param name="Status">Of HTTP; 0 when there was no answer.</param>
/// <param name="Type">Stripe's word: <c>card_error</c>, <c>invalid_request_error</c>, …</param>
/// <param name="Code">Stripe's word for the exact reason, when it gave one: <c>card_declined</c>, <c>resource_missing</c>, …</param>
/// <param name="Message">For a card error in words for its holder; else for the operator.</param>
public sealed record StripeFailure(int Status, string? Type, string? Code, string Message)
{
    public bool OfCard => Type == "card_error";

    public bool Missing => Code == "resource_missing";
}

/// <summary>What Stripe answered, or why it did not. A refusal of Stripe's is data; whether it is worth another try is decided by whoever asked.</summary>
public readonly record struct StripeReply<T>(T? Value, StripeFailure? Failure) where T : class
{
    [MemberNotNullWhen(false, nameof(Value))]
    [MemberNotNullWhen(true, nameof(Failure))]
    public bool Failed => Failure is not null;

    /// <summary>For jobs, where every failure means: try again later.</summary>
    public T OrThrow() => Failed ? throw new StripeException(Failure) : Value;
}

public sealed class StripeException(StripeFailure failure) : Exception($"Stripe answered {failure.Status} {failure.Type} {failure.Code}: {failure.Message}")
{
    public StripeFailure Failure { get; } = failure;
}
