using System.Text.Json;
using Rpd.Shared;

namespace Rpd.Server.Generations;

/// <summary>Reads several requests for generations and says everything that is wrong with any of them at once.</summary>
internal static class ReadTogether
{
    /// <param name="bodies">Each as for a single generation.</param>
    /// <param name="field">The name of body number n in error details: <c>items[3].</c></param>
    public static Outcome<IReadOnlyList<NewGeneration>> Run(IReadOnlyList<JsonElement> bodies, Func<int, string> field, Func<int, JsonElement, Outcome<NewGeneration>> read)
    {
        var right = new List<NewGeneration>();
        var wrong = new List<FieldError>();
        var unavailable = new List<Refusal>();
        foreach (var (index, body) in bodies.Index())
        {
            var name = field(index);
            if (body.ValueKind != JsonValueKind.Object)
            {
                wrong.Add(new(name.TrimEnd('.'), $"{name.TrimEnd('.')} must be an object."));
                continue;
            }
            var asked = read(index, body);
            if (!asked.Declined) right.Add(asked.Value);
            else if (asked.Refusal.Details is { } details) wrong.AddRange(details);
            else
            {
                unavailable.Add(asked.Refusal);
                wrong.Add(new($"{name}model", asked.Refusal.Message));
            }
        }
        if (wrong.Count == 0) return right;
        // Only when nothing else is wrong is the whole request one that may be repeated unchanged, later.
        return unavailable.Count == wrong.Count ? unavailable[0] with { Details = wrong } : Refusal.Invalid(wrong);
    }
}
