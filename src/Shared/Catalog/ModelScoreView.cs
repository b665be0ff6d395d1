using Rpd.Shared.Generations;

namespace Rpd.Shared.Catalog;

/// <summary>What people said of a model in blind comparisons: they saw what several models made of one prompt, without their names.</summary>
/// <param name="Type">For generations of this type.</param>
/// <param name="Votes">Against how many other models it was held.</param>
/// <param name="WinRate">The part of them that it won, 0–1.</param>
/// <param name="Rating">How often it would win against an average model, 0–1. Few votes leave it near 0.5, and who it was held against counts.</param>
public sealed record ModelScoreView([property: OneOf(typeof(GenerationTypes))] string Type, int Votes, double WinRate, double Rating);
