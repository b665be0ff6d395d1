using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Web.Library;

public sealed record LibraryFilter(string? Status = null, string? Type = null, string? Q = null)
{
    public bool Any => Status is not null || Type is not null || Q is not null;
}

/// <param name="Cursor">Where this page starts; null at the top.</param>
public sealed record LibraryModel(LibraryFilter Filter, Page<GenerationView> Generations, string? Cursor);

/// <param name="ModelName">The catalogue's display name; the model's id when it has left the catalogue.</param>
/// <param name="Form">What the title and visibility form shows; as typed after a refusal.</param>
/// <param name="BaseAddress">Scheme and host without a slash at the end: the address to share.</param>
public sealed record GenerationModel(
    GenerationView Generation, string ModelName, VisibilityForm Form, FormErrors Errors, CancelEffect Cancel, string BaseAddress)
{
    /// <summary>For each output what can be made of it; one list where there is none.</summary>
    public IReadOnlyList<IReadOnlyList<ResultAction>> Actions { get; init; } = [];
}

/// <summary>What a card's menu offers.</summary>
public sealed record ResultMenuModel(GenerationView Run, IReadOnlyList<ResultAction> Actions);

/// <summary>What cancelling would do now, said before it is done.</summary>
public enum CancelEffect
{
    /// <summary>It has ended: nothing to cancel.</summary>
    None,
    FullRefund,
    /// <summary>The provider has accepted it and cannot stop: the charge stays.</summary>
    NoRefund,
}
