using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.Catalog;

/// <summary>One value that a param of a model can have.</summary>
/// <param name="Param">The param's name below <c>params</c>.</param>
/// <param name="Id">What to send.</param>
/// <param name="Name">For people.</param>
public sealed record ChoiceView(string Param, string Id, string Name);

public sealed record ChoiceFilter
{
    /// <summary>Only this param's, such as <c>voiceId</c> or <c>avatarId</c>.</summary>
    [StringLength(60)]
    public string? Param { get; init; }
}
