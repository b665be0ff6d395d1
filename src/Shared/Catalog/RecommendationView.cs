using Rpd.Shared.Generations;

namespace Rpd.Shared.Catalog;

/// <summary>A model that suits a prompt, best first.</summary>
/// <param name="Score">0–100, comparable within one answer only.</param>
/// <param name="Reasons">Sentences for people: what spoke for the model, and what against it.</param>
/// <param name="Credits">What a request with this prompt and the model's defaults costs.</param>
/// <param name="Available">False when the operator has not configured the provider: such models come last.</param>
public sealed record RecommendationView(string Provider, string Model, string DisplayName, [property: OneOf(typeof(GenerationTypes))] string Type, int Score, IReadOnlyList<string> Reasons, long Credits, bool Available);
