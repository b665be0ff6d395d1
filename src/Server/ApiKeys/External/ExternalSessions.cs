using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Server.Database;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys.External;

/// <summary>
/// Whether a session token of another issuer is good here, and whose it is. An identity is (issuer, subject) and nothing else: an e-mail address in a token
/// opens nobody's account. Its first token opens one.
/// </summary>
public sealed class ExternalSessions : IDisposable
{
    private const int SubjectMax = 255;
    private const double SkewSeconds = 60;

    private static readonly IReadOnlySet<string> SessionScopes = Credential.ScopeSet(Scopes.Personal);

    private readonly Dictionary<string, (ExternalIssuer Rules, IssuerKeys Keys)> issuers;
    private readonly NpgsqlDataSource database;
    private readonly IServiceScopeFactory scopes;
    private readonly TimeProvider time;
    private readonly RecentRows<ExternalIdentity, KnownAccount> known;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { MaxResponseContentBufferSize = 256 * 1024 };

    public ExternalSessions(IReadOnlyList<ExternalIssuer> issuers, NpgsqlDataSource database, IServiceScopeFactory scopes, TimeProvider time, ILogger<ExternalSessions> log)
    {
        (this.database, this.scopes, this.time, known) = (database, scopes, time, new(time, Find));
        this.issuers = issuers.ToDictionary(issuer => issuer.Issuer, issuer => (issuer, new IssuerKeys(issuer, http, time, log)), StringComparer.Ordinal);
    }

    /// <summary>False for API keys, and for everything on a server without issuers.</summary>
    public bool Takes(string text) => issuers.Count > 0 && SessionToken.LooksLikeOne(text);

    public async ValueTask<Outcome<Credential>> Run(string text, CancellationToken cancel)
    {
        if (SessionToken.Read(text) is not { } token) return Refusal.Unauthorized("This is not a session token that is understood here.");
        if (token.Claim("iss") is not { } name || !issuers.TryGetValue(name, out var issuer)) return Refusal.Unauthorized("This session token is of an issuer that is not known here.");
        if (token.Algorithm is not ("RS256" or "ES256")) return Refusal.Unauthorized("This session token is signed in a way that is not accepted: RS256 and ES256 are.");
        if (await issuer.Keys.For(token, cancel) is not { } keys) return new Refusal("PROVIDER_UNAVAILABLE", 503, "Session tokens cannot be checked now: their issuer does not answer.");
        if (!keys.Any(key => key.Signed(token))) return Refusal.Unauthorized("The signature of this session token is not valid.");
        if (Wrong(token, issuer.Rules) is { } wrong) return Refusal.Unauthorized(wrong);

        var identity = new ExternalIdentity(name, token.Claim("sub")!);
        var account = await known.Get(identity, cancel) ?? await Open(identity, cancel);
        if (account.Status != Account.Active) return Refusal.Forbidden(account.Status == Account.Suspended ? "This account is suspended." : "This account is closed.");
        return new Credential(account.Id, null, SessionScopes, account.Plan, null);
    }

    private string? Wrong(SessionToken token, ExternalIssuer rules)
    {
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        if (token.Instant("exp") is not { } end) return "This session token has no end.";
        if (end + SkewSeconds <= now) return "This session token has expired.";
        if (token.Has("nbf") && !(token.Instant("nbf") - SkewSeconds <= now)) return "This session token is not valid yet.";
        if (rules.Audiences.Count > 0 && !token.IsFor(rules.Audiences)) return "This session token is for another audience.";
        if (rules.Parties.Count > 0 && !(token.Claim("azp") is { } party && rules.Parties.Contains(party))) return "This session token was given to another application.";
        return token.Claim("sub") is { Length: > 0 and <= SubjectMax } subject && !subject.Any(char.IsControl) ? null : "This session token names nobody.";
    }

    private async Task<KnownAccount?> Find(ExternalIdentity identity, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select a.id, a.status, a.plan from account_logins l join accounts a on a.id = l.user_id where l.login_provider = $1 and l.provider_key = $2
            """);
        command.Parameters.AddWithValue(identity.Issuer);
        command.Parameters.AddWithValue(identity.Subject);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new(row.GetGuid(0), row.GetString(1), row.GetString(2)) : null;
    }

    private async Task<KnownAccount> Open(ExternalIdentity identity, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<OpenExternalAccount>().Run(identity, cancel);
        return await Find(identity, cancel) ?? throw new InvalidOperationException("An account that was just opened is not there.");
    }

    public void Dispose() => http.Dispose();

    private sealed record KnownAccount(Guid Id, string Status, string Plan);
}

/// <param name="Subject">The issuer's own name for somebody; unique within the issuer.</param>
public readonly record struct ExternalIdentity(string Issuer, string Subject);
