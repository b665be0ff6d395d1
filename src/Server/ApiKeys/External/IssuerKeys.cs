using System.Text.Json;

namespace Rpd.Server.ApiKeys.External;

/// <summary>
/// The present keys of one issuer, fetched when they are first needed, again every ten minutes, and at once for a key that is not among them: that is how a
/// rotation is noticed. However many tokens ask, the issuer is asked once in ten seconds at most. While it is away the last keys count for a day.
/// </summary>
public sealed partial class IssuerKeys(ExternalIssuer issuer, HttpClient http, TimeProvider time, ILogger log)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10), Stale = TimeSpan.FromHours(24), AskEvery = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim one = new(1);
    private IReadOnlyList<IssuerKey> keys = [];
    private long? fetchedAt, askedAt;

    /// <summary>Those that may have signed the token; null while no keys are known.</summary>
    public async ValueTask<IReadOnlyList<IssuerKey>?> For(SessionToken token, CancellationToken cancel)
    {
        var fits = Fitting(token).Any();
        // Whoever has a key that fits does not wait for somebody else's fetch.
        if (!fits || (!Younger(fetchedAt, Fresh) && one.CurrentCount > 0)) await Refresh(cancel);
        return Younger(fetchedAt, Stale) ? [.. Fitting(token)] : null;
    }

    // A token without a key's name may be any key's of its kind.
    private IEnumerable<IssuerKey> Fitting(SessionToken token) => keys.Where(key => key.Algorithm == token.Algorithm && (token.KeyId is null || key.Id == token.KeyId));

    private async Task Refresh(CancellationToken cancel)
    {
        // While one asks, the others wait for what it finds.
        if (one.CurrentCount > 0 && Younger(askedAt, AskEvery)) return;
        await one.WaitAsync(cancel);
        try
        {
            if (Younger(askedAt, AskEvery)) return;
            askedAt = time.GetTimestamp();
            if (await Fetch() is not { } found) return;
            keys = found;
            fetchedAt = time.GetTimestamp();
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Not the caller's to cancel: others wait for it too.</summary>
    private async Task<IReadOnlyList<IssuerKey>?> Fetch()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var address = issuer.JwksUrl.Length > 0 ? issuer.JwksUrl : await Discover(limit.Token);
            if (address is null) return null;
            var set = await Get(address, limit.Token);
            if (set.ValueKind == JsonValueKind.Object && set.TryGetProperty("keys", out var list) && list.ValueKind == JsonValueKind.Array)
                return [.. list.EnumerateArray().Select(IssuerKey.Read).OfType<IssuerKey>()];
            Failed(issuer.Issuer, "its key set holds no list of keys");
        }
        catch (OperationCanceledException)
        {
            Failed(issuer.Issuer, $"it did not answer within {Patience.TotalSeconds} s");
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException)
        {
            Failed(issuer.Issuer, fault.Message);
        }
        return null;
    }

    private async Task<string?> Discover(CancellationToken cancel)
    {
        var document = await Get(issuer.Issuer.TrimEnd('/') + "/.well-known/openid-configuration", cancel);
        var (said, address) = (Text("issuer"), Text("jwks_uri"));
        if (said == issuer.Issuer && address is not null && ExternalIssuer.IsSafe(address)) return address;
        Failed(issuer.Issuer, said == issuer.Issuer ? "its discovery document has no safe jwks_uri" : "its discovery document names another issuer");
        return null;

        string? Text(string name) => document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private async Task<JsonElement> Get(string address, CancellationToken cancel)
    {
        using var answer = await http.GetAsync(new Uri(address), cancel);
        answer.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsByteArrayAsync(cancel));
    }

    private bool Younger(long? at, TimeSpan age) => at is { } then && time.GetElapsedTime(then) < age;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of {Issuer} could not be fetched: {Fault}")]
    private partial void Failed(string issuer, string fault);
}
