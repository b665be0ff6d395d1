using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Chat;

/// <summary>
/// All upstreams for chat together. Of those that serve a model one is asked: the best priority, by weight; when it cannot answer, the next. Once a caller has
/// a part of an answer nobody else is asked. What a request is to blame for, nobody else is asked either.
/// </summary>
public sealed class ChatUpstreams(IReadOnlyDictionary<string, UpstreamAccess> upstreams, ChatHttp http, TimeProvider time, Random random, ILogger<ChatUpstreams> log)
{
    private const string Path = "chat/completions";

    private readonly ChatUpstream[] all = [.. upstreams.Select(one => new ChatUpstream(one.Key, one.Value, time, log))];

    /// <summary>Whether there is any at all.</summary>
    public bool Any => all.Length > 0;

    public bool Serves(string model) => all.Any(upstream => upstream.Access.Model(model) is not null);

    /// <summary>One that nobody else uses, in the same way.</summary>
    public ChatUpstreams Alone(string name, UpstreamAccess access) => new(new Dictionary<string, UpstreamAccess> { [name] = access }, http, time, random, log);

    /// <param name="request">A chat completion request with our name of the model.</param>
    /// <param name="patience">With each upstream, when that is less than its own time limit.</param>
    public Task<(ChatAnswer? Answer, ChatFailure? Failure)> Ask(JsonObject request, CancellationToken cancel, TimeSpan? patience = null) => First<ChatAnswer>(request, async (upstream, model, within) =>
    {
        var most = TimeSpan.FromSeconds(upstream.Access.TimeoutSeconds);
        var (json, failure) = await http.Post(upstream.Access, Path, ChatBody.Write(request, model, stream: false), patience is { } less && less < most ? less : most, within);
        return json is not { } answer ? (null, failure)
            : answer.At("choices").ValueKind == JsonValueKind.Array ? (new ChatAnswer(answer, upstream.Name), null) : (null, ChatFailure.Senseless);
    }, cancel);

    /// <summary>The answer bit by bit, with its usage at the end. Whoever gets one disposes it.</summary>
    public Task<(ChatStream? Answer, ChatFailure? Failure)> Stream(JsonObject request, CancellationToken cancel) =>
        First(request, (upstream, model, within) => http.Stream(upstream.Access, Path, ChatBody.Write(request, model, stream: true), within), cancel);

    /// <summary>The names of those that serve a model, in the order in which they would be asked now.</summary>
    internal IEnumerable<string> Order(string model) => InOrder(model).Select(one => one.Upstream.Name);

    private async Task<(T? Answer, ChatFailure? Failure)> First<T>(JsonObject request, Func<ChatUpstream, string, CancellationToken, Task<(T? Answer, ChatFailure? Failure)>> call, CancellationToken cancel) where T : class
    {
        var name = request["model"]?.GetValue<string>() ?? "";
        ChatFailure? worst = null;
        foreach (var (upstream, model) in InOrder(name))
        {
            var (answer, failure) = await upstream.Ask(within => call(upstream, model, within), cancel);
            if (answer is not null || failure is { Final: true }) return (answer, failure);
            worst = Telling(worst, failure!);
        }
        return (null, worst ?? new(ProviderFault.InvalidInput, $"No upstream serves the model {name}.") { Code = "model_not_found", Param = "model" });
    }

    /// <summary>Of several failures the one that says when to come again, the soonest; otherwise the last.</summary>
    private static ChatFailure Telling(ChatFailure? one, ChatFailure next) =>
        one?.RetryAfter is { } before && !(next.RetryAfter < before) ? one : next;

    private List<(ChatUpstream Upstream, string Model)> InOrder(string model) =>
    [
        .. from upstream in all
           let theirs = upstream.Access.Model(model)
           where theirs is not null
           orderby upstream.Resting, upstream.Access.Weight == 0, upstream.Access.Priority, Draw(upstream.Access.Weight)
           select (upstream, theirs),
    ];

    // The least of such numbers belongs to each as often as its weight says, the least of the others likewise.
    private double Draw(int weight) => weight == 0 ? 0 : -Math.Log(1 - random.NextDouble()) / weight;
}

public static class ChatParts
{
    public static IServiceCollection AddChatUpstreams(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<UpstreamsOptions>(settings, UpstreamsOptions.Section);
        return services.AddSingleton<ChatHttp>().AddSingleton(provider => new ChatUpstreams(provider.GetRequiredService<UpstreamsOptions>(), provider.GetRequiredService<ChatHttp>(),
            provider.GetRequiredService<TimeProvider>(), Random.Shared, provider.GetRequiredService<ILogger<ChatUpstreams>>()));
    }
}
