using System.Text.Json.Serialization;

namespace Rpd.Shared;

/// <summary>That the server answers.</summary>
/// <param name="Status">Always <c>ok</c>.</param>
/// <param name="Version">Of the program.</param>
public sealed record HealthView(string Status, string Version);

/// <summary>Whether the server can work.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Checks">Each part: <c>ok</c> or <c>failed</c>.</param>
/// <param name="RequestId">When it is not ready: it finds the call in the server's log.</param>
public sealed record ReadinessView(
    string Status, IReadOnlyDictionary<string, string> Checks, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RequestId = null);
