using System.ComponentModel.DataAnnotations;
using Rpd.Server.Providers.Chat;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>A model that one talks to. Section <c>Chat:Models:{id}</c>.</summary>
public sealed record ChatModel
{
    /// <summary>More than any model writes.</summary>
    public const int TokensMax = 10_000_000;

    public string Id { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>For what is read and what is written; at most two decimals. Without a price a model is not offered.</summary>
    [Range(0, 1_000_000)]
    public decimal? CreditsPer1kTokens { get; init; }

    /// <summary>How many tokens one answer may have.</summary>
    [Range(1, TokensMax)]
    public int OutputTokensMax { get; init; } = 16_384;

    /// <summary>How many are reserved for an answer where the request does not say.</summary>
    [Range(1, TokensMax)]
    public int OutputTokensUsual { get; init; } = 1024;

    /// <summary>Whole credits: rounded up, and at least 1 unless the model is free.</summary>
    public long Price(long tokens) => CreditsPer1kTokens is null or 0 ? 0 : Math.Max(1, (long)decimal.Ceiling(tokens * CreditsPer1kTokens.Value / 1000));
}

/// <summary>Section <c>Chat:Models</c>.</summary>
public sealed class ChatModelOptions : Dictionary<string, ChatModel>, IValidatableObject
{
    public const string Section = "Chat:Models";

    public ChatModelOptions() : base(StringComparer.Ordinal)
    {
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (id, model) in this)
        {
            var wrong = new List<ValidationResult>();
            Validator.TryValidateObject(model, new(model), wrong, validateAllProperties: true);
            foreach (var one in wrong) yield return new($"{id}: {one.ErrorMessage}");
            if (model.CreditsPer1kTokens is { } rate && rate * 100 % 1 != 0) yield return new($"{id}: CreditsPer1kTokens must be in hundredths of a credit.");
            if (model.OutputTokensUsual > model.OutputTokensMax) yield return new($"{id}: OutputTokensUsual must not be above OutputTokensMax.");
        }
    }
}

/// <summary>
/// The models of the chat. Upstreams serve them; without any upstream at all the built-in assistant answers in the place of those that are ours, and says
/// what it is. Test keys are answered by it in any case.
/// </summary>
public sealed class ChatModels
{
    public const string Type = "chat", Own = "rapshee", Unit = "1k_tokens";

    private readonly Dictionary<string, ChatModel> byId;
    private readonly ChatUpstreams upstreams;
    private readonly long created;

    public ChatModels(ChatModelOptions options, ChatUpstreams upstreams, TimeProvider time)
    {
        byId = options.Where(model => model.Value.CreditsPer1kTokens is not null).ToDictionary(model => model.Key, model => model.Value with { Id = model.Key }, StringComparer.Ordinal);
        (this.upstreams, created) = (upstreams, time.GetUtcNow().ToUnixTimeSeconds());
    }

    public IReadOnlyCollection<ChatModel> All => byId.Values;

    public ChatModel? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Answered by what is built in, as nobody has connected a language model.</summary>
    public bool BuiltIn(ChatModel model) => !upstreams.Any && IsOwn(model);

    /// <summary>Null when it answers; otherwise what is missing.</summary>
    public string? Unavailable(ChatModel model) => BuiltIn(model) || upstreams.Serves(model.Id) ? null
        : $"No upstream serves {model.Id}: set Chat:Upstreams:<name>:BaseUrl and Chat:Upstreams:<name>:Models:{model.Id}.";

    public ModelView View(ChatModel model)
    {
        var reason = Unavailable(model);
        return new(model.Id, "model", created, ProviderOf(model), ProviderOf(model), model.DisplayName.Length > 0 ? model.DisplayName : model.Id, model.Description, [Type], "fast", "standard",
            Unit, null, null, null, null, false, new Dictionary<string, System.Text.Json.JsonElement>(), new Dictionary<string, IReadOnlyList<string>>(), reason is null, reason, "active")
        { CreditCostPer1kTokens = model.CreditsPer1kTokens };
    }

    /// <summary>As the catalogue names it, and the list of those that promo credits may pay for.</summary>
    public static string ProviderOf(ChatModel model) => IsOwn(model) ? Own : "upstream";

    private static bool IsOwn(ChatModel model) => model.Id.StartsWith(Own, StringComparison.Ordinal);
}
