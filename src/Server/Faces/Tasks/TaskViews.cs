using Rpd.Shared.Generations;
using Rpd.Shared.Tasks;

namespace Rpd.Server.Faces.Tasks;

/// <summary>A generation as this face's clients know it: three states, addresses by kind, times in Unix seconds.</summary>
public static class TaskViews
{
    public const string Processing = "processing";

    private const string Prefix = "task_";

    public static string Id(Guid generation) => $"{Prefix}{generation:N}";

    /// <returns>Null for what is no task's id.</returns>
    public static Guid? Generation(string task) =>
        task.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(task.AsSpan(Prefix.Length), "N", out var id) ? id : null;

    public static TaskView Of(GenerationView run)
    {
        var id = Id(run.Id);
        var completed = run.Status == GenerationStatus.Completed;
        return new(id, id, run.Model, completed ? GenerationStatus.Completed : GenerationStatus.Ended(run.Status) ? GenerationStatus.Failed : Processing,
            run.CreatedAt.ToUnixTimeSeconds(), run.CompletedAt?.ToUnixTimeSeconds(), run.CreditsCost - run.CreditsRefunded, completed ? Output(run) : null, Error(run));
    }

    private static TaskErrorView? Error(GenerationView run) => run switch
    {
        { Error: { } error } => new(TaskErrors.OfFailure(error.Code), error.Message),
        { Status: GenerationStatus.Cancelled } => new(TaskErrors.Other, "The task was cancelled."),
        _ => null,
    };

    private static Dictionary<string, IReadOnlyList<string>> Output(GenerationView run) => run.Outputs.GroupBy(output => output.ContentType.Split('/')[0])
        .ToDictionary(same => $"{same.Key}_urls", IReadOnlyList<string> (same) => [.. same.Select(output => output.Url)]);
}
