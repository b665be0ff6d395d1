namespace Rpd.Shared;

/// <summary>What is wrong with a posted form. The empty field name stands for the form as a whole.</summary>
public sealed record FormErrors(IReadOnlyList<FieldError> All)
{
    public static readonly FormErrors None = new([]);

    public bool Any => All.Count > 0;

    public IEnumerable<string> For(string field) =>
        All.Where(error => string.Equals(error.Field, field, StringComparison.OrdinalIgnoreCase)).Select(error => error.Message);

    public static FormErrors Of(string field, string message) => new([new FieldError(field, message)]);

    /// <summary>A refusal without fields becomes a message for the whole form.</summary>
    public static FormErrors Of(Refusal refusal) => new(refusal.Details ?? [new FieldError("", refusal.Message)]);
}
