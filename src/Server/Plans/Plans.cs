using Microsoft.Extensions.Options;

namespace Rpd.Server.Plans;

/// <summary>What a plan lets its account do. Section <c>Plans:&lt;name&gt;</c>.</summary>
public sealed record Plan
{
    public string Name { get; init; } = "";

    public int GeneralPerMinute { get; init; }

    public int GenerationsPerMinute { get; init; }

    /// <summary>The name that chat documents give to this tier of limits.</summary>
    public string ChatTier { get; init; } = "";

    public int ChatRequestsPerMinute { get; init; }

    public int ChatTokensPerMinute { get; init; }

    public int ConcurrentJobs { get; init; }

    /// <summary>Credits that arrive each month and lapse with it.</summary>
    public long AllowancePerMonth { get; init; }

    /// <summary>What it costs a month, in US dollars or what <c>Stripe:Currency</c> says, without tax; without it the plan is not sold by the month.</summary>
    public decimal? MonthlyUsd { get; init; }

    /// <summary>The same for a year that is paid at once.</summary>
    public decimal? YearlyUsd { get; init; }

    public long StorageBytesMax { get; init; }

    public long UploadBytesMax { get; init; }

    /// <summary>Classifiers that an account may have trained; 0: none.</summary>
    public int CustomModels { get; init; }
}

/// <summary>Every plan by its name in lower case: <c>free</c>, <c>creator</c>, … Plans are data; an operator may change and add them.</summary>
public sealed class PlanList
{
    /// <summary>The plan of a new account: it must exist.</summary>
    public const string Free = "free";

    private readonly Dictionary<string, Plan> plans;

    public PlanList(IOptions<Dictionary<string, Plan>> options) =>
        plans = options.Value.ToDictionary(
            entry => entry.Key.ToLowerInvariant(), entry => entry.Value with { Name = entry.Key.ToLowerInvariant() }, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => plans.Keys;

    public bool Has(string name) => plans.ContainsKey(name);

    /// <summary>An account whose plan was taken out of the settings has what <c>free</c> has, rather than no limits or no service.</summary>
    public Plan Of(string name) => plans.TryGetValue(name, out var plan) ? plan : plans[Free];
}

public static class PlanParts
{
    public static IServiceCollection AddPlans(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<Dictionary<string, Plan>>().Bind(settings.GetSection("Plans")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<Dictionary<string, Plan>>, CheckPlans>();
        services.AddSingleton<PlanList>();
        return services;
    }

    private sealed class CheckPlans : IValidateOptions<Dictionary<string, Plan>>
    {
        public ValidateOptionsResult Validate(string? name, Dictionary<string, Plan> options)
        {
            var wrong = options.SelectMany(entry => Wrong(entry.Key, entry.Value)).ToList();
            if (!options.Keys.Contains(PlanList.Free, StringComparer.OrdinalIgnoreCase)) wrong.Add($"Plans:{PlanList.Free} is missing: new accounts need it.");
            return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
        }

        private static IEnumerable<string> Wrong(string name, Plan plan)
        {
            (string Setting, long Value)[] positive =
            [
                (nameof(plan.GeneralPerMinute), plan.GeneralPerMinute), (nameof(plan.GenerationsPerMinute), plan.GenerationsPerMinute),
                (nameof(plan.ChatRequestsPerMinute), plan.ChatRequestsPerMinute), (nameof(plan.ChatTokensPerMinute), plan.ChatTokensPerMinute),
                (nameof(plan.ConcurrentJobs), plan.ConcurrentJobs), (nameof(plan.StorageBytesMax), plan.StorageBytesMax),
                (nameof(plan.UploadBytesMax), plan.UploadBytesMax),
            ];
            foreach (var (setting, value) in positive)
                if (value <= 0) yield return $"Plans:{name}:{setting} must be 1 or more.";
            if (plan.AllowancePerMonth < 0) yield return $"Plans:{name}:{nameof(plan.AllowancePerMonth)} must be 0 or more.";
            foreach (var (setting, price) in new[] { (nameof(plan.MonthlyUsd), plan.MonthlyUsd), (nameof(plan.YearlyUsd), plan.YearlyUsd) })
                if (price is { } amount && (amount <= 0 || amount != Math.Round(amount, 2))) yield return $"Plans:{name}:{setting} must be more than 0, in whole cents.";
            if (plan.CustomModels < 0) yield return $"Plans:{name}:{nameof(plan.CustomModels)} must be 0 or more.";
            if (plan.ChatTier.Length == 0) yield return $"Plans:{name}:{nameof(plan.ChatTier)} is missing.";
        }
    }
}
