using System.Text.Json;

namespace Rpd.Server.Templates;

/// <summary>A prompt with gaps that somebody keeps for themselves.</summary>
public sealed class Template
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public required string Title { get; set; }
    public required string Type { get; set; }
    public required string Prompt { get; set; }

    /// <summary>A list of <see cref="Rpd.Shared.Templates.PlaceholderView"/>.</summary>
    public required JsonElement Placeholders { get; set; }
    public string? Model { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
