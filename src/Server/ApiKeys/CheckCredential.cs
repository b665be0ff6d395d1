using System.Net;
using Rpd.Server.ApiKeys.External;
using Rpd.Server.ApiKeys.UserTokens;
using Rpd.Shared;

namespace Rpd.Server.ApiKeys;

/// <summary>Whose credential a text is, of whichever kind: an API key, a user's token, a session of elsewhere.</summary>
public sealed class CheckCredential(KeyCheck keys, TokenCheck tokens, ExternalSessions sessions)
{
    /// <param name="address">Whence the call comes: keys may be bound to networks.</param>
    public async ValueTask<Outcome<Credential>> Run(string text, IPAddress? address, CancellationToken cancel) =>
        sessions.Takes(text) ? await sessions.Run(text, cancel)
        : TokenCheck.Takes(text) ? await tokens.Run(text, address, cancel)
        : await keys.Run(text, address, cancel);
}
