using System.Collections;
using System.Text.Json;

namespace Rpd.Server.Jobs;

/// <summary>What each log line of a job bears: its number and kind, and the generation that it is about.</summary>
internal sealed class JobScope(ClaimedJob job) : IReadOnlyList<KeyValuePair<string, object?>>
{
    // Jobs that are about a generation name it so.
    private static readonly string[] Names = ["generation", "id"];

    private readonly string? subject = Subject(job);

    public int Count => subject is null ? 2 : 3;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("JobId", job.Id),
        1 => new("JobKind", job.Kind),
        2 when subject is not null => new("GenerationId", subject),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"job {job.Id} {job.Kind}{(subject is null ? "" : $" generation:{subject}")}";

    private static string? Subject(ClaimedJob job) => !job.Kind.StartsWith("generation.", StringComparison.Ordinal) || job.Args.ValueKind != JsonValueKind.Object ? null
        : Names.Select(name => job.Args.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null).FirstOrDefault(found => found is not null);
}
