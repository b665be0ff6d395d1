namespace Rpd.Shared;

/// <summary>Only these words are possible: those that <paramref name="words"/> lists in its static <c>All</c>. For the description of the API.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(Type words) : Attribute
{
    public Type Words => words;

    public IReadOnlyList<string> All => (IReadOnlyList<string>)(words.GetField("All")?.GetValue(null)
        ?? throw new InvalidOperationException($"{words.Name} has no static list All."));
}
