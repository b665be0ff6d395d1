namespace Rpd.Server.Comparisons;

/// <summary>
/// A comparison is one prompt on two to six models, seen side by side. Its generations are ordinary ones that carry its id; what is its own is how they are
/// shown, without their names until its owner has voted, and the vote, from which the models are rated (<see cref="RateModels"/>).
/// </summary>
public static class ComparisonParts
{
    public static IServiceCollection AddComparisons(this IServiceCollection services) =>
        services.AddSingleton<ComparisonQueries>().AddSingleton<StartComparison>().AddSingleton<CastVote>().AddSingleton<RateModels>().AddScoped<DrawCompare>();
}
