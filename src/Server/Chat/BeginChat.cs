using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Credits.Metering;
using Rpd.Server.Http;
using Rpd.Server.Switches;
using Rpd.Shared;
using Rpd.Shared.Admin;

namespace Rpd.Server.Chat;

/// <summary>Admits a chat: requests and tokens of the minute, then credits. Nobody is asked before that.</summary>
public sealed class BeginChat(RateLimits limits, Meter meter, SwitchBoard switches)
{
    /// <param name="limitId">Whose buckets it draws on beside the account's.</param>
    public async ValueTask<(Outcome<ChatCall> Call, ChatAdmission Limits)> Run(ChatRequest request, Payer payer, Guid? limitId, CancellationToken cancel)
    {
        var requests = limits.Take(LimitKind.Chat, payer.AccountId, limitId, payer.Plan);
        if (!requests.Admitted) return (RateLimits.Refuse(requests), new(requests, null));
        if (switches.Refuse(Switch.Chat) is { } off) return (off, new(requests, null));
        var reserved = (int)Math.Min(int.MaxValue, request.PromptTokens + request.AnswerTokens);
        var tokens = limits.TakeWhole(LimitKind.ChatTokens, payer.AccountId, limitId, payer.Plan, reserved);
        var admission = new ChatAdmission(requests, tokens);
        if (!tokens.Admitted) return (Refuse(tokens, reserved), admission);
        var hold = await meter.Hold(payer, request.Model.Price(reserved), ChatModels.ProviderOf(request.Model), request.Model.Id, cancel);
        if (!hold.Declined) return (new ChatCall(hold.Value, request.Model, reserved, GiveBack), admission);
        GiveBack(reserved);
        return (hold.Refusal, admission);

        void GiveBack(int unused) => limits.Debit(LimitKind.ChatTokens, payer.AccountId, limitId, payer.Plan, -unused);
    }

    private static Refusal Refuse(Admission tokens, int needed) => new("RATE_LIMITED", 429, needed > tokens.Limit
        ? $"This request may need {needed} tokens, and {tokens.Limit} a minute are allowed. Send less, or set max_tokens lower."
        : $"{tokens.Limit} tokens a minute are allowed and this request may need {needed}. Try again in {Math.Max(1, Math.Ceiling(tokens.RetryAfter.TotalSeconds))} s, or set max_tokens lower.");
}
