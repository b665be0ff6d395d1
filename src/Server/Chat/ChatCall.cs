using Rpd.Server.Catalog;
using Rpd.Server.Credits.Metering;
using Rpd.Server.Http;

namespace Rpd.Server.Chat;

/// <summary>A chat that has been admitted: its worst price is held back, its tokens are taken from the minute. Disposed without an answer it costs neither.</summary>
public sealed class ChatCall : IDisposable
{
    private readonly Hold hold;
    private readonly ChatModel model;
    private readonly Action<int> giveBack;
    private readonly int reserved;
    private bool settled;

    /// <param name="giveBack">Tokens to the buckets of the minute.</param>
    internal ChatCall(Hold hold, ChatModel model, int reserved, Action<int> giveBack) => (this.hold, this.model, this.reserved, this.giveBack) = (hold, model, reserved, giveBack);

    /// <returns>Credits.</returns>
    public long Settle(long promptTokens, long answerTokens)
    {
        settled = true;
        giveBack(reserved - (int)Math.Min(int.MaxValue, promptTokens + answerTokens));
        return hold.Charge(model.Price(promptTokens + answerTokens), promptTokens, answerTokens);
    }

    public void Dispose()
    {
        if (!settled) giveBack(reserved);
        hold.Dispose();
    }
}

/// <param name="Tokens">Null when the call did not come so far.</param>
public readonly record struct ChatAdmission(Admission Requests, Admission? Tokens);
