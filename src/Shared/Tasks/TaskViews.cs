namespace Rpd.Shared.Tasks;

/// <summary>A task that has just been started.</summary>
/// <param name="Id">The same as <paramref name="TaskId"/>.</param>
/// <param name="TaskId"><c>task_</c> and the 32 hex digits of the generation's id.</param>
/// <param name="Status">Always <c>processing</c>.</param>
/// <param name="CreatedAt">Unix seconds.</param>
public sealed record StartedTaskView(string Id, string TaskId, string Model, string Status, long CreatedAt);

/// <summary>A task as it stands.</summary>
/// <param name="Id">The same as <paramref name="TaskId"/>.</param>
/// <param name="Status"><c>processing</c>, <c>completed</c> or <c>failed</c>. What was cancelled has failed.</param>
/// <param name="CreatedAt">Unix seconds.</param>
/// <param name="CompletedAt">Unix seconds; null while it runs.</param>
/// <param name="Credits">What it costs: what was refunded is not in it.</param>
/// <param name="Output">By <c>image_urls</c>, <c>video_urls</c> or <c>audio_urls</c>, signed for 24 hours; null unless it has completed.</param>
/// <param name="Error">Why it failed; null otherwise.</param>
public sealed record TaskView(
    string Id, string TaskId, string Model, string Status, long CreatedAt, long? CompletedAt, long Credits, IReadOnlyDictionary<string, IReadOnlyList<string>>? Output, TaskErrorView? Error);

/// <summary>Why a task failed.</summary>
/// <param name="Code">Five digits.</param>
public sealed record TaskErrorView(int Code, string Message);

/// <summary>What can be spent.</summary>
public sealed record TaskBalanceView(long Balance);

/// <summary>The models that this server can run now.</summary>
/// <param name="Object">Always <c>list</c>.</param>
public sealed record TaskModelListView(IReadOnlyList<TaskModelView> Data, string Object = "list");

/// <summary>A model.</summary>
/// <param name="Object">Always <c>model</c>.</param>
/// <param name="Created">Unix seconds.</param>
/// <param name="Type"><c>image</c>, <c>video</c> or <c>audio</c>: what it makes; <c>chat</c>: one talks to it.</param>
/// <param name="Credits">What one task costs when it says no more than it must; null where that depends on what it starts from, and for a chat, which is paid by its tokens.</param>
public sealed record TaskModelView(string Id, string Object, long Created, string OwnedBy, string Type, long? Credits);

/// <summary>Why a call was refused.</summary>
public sealed record TaskRefusalView(TaskRefusalPart Error);

/// <param name="Code">Five digits.</param>
/// <param name="RequestId">Unique for each call; it finds the call in the server's log.</param>
public sealed record TaskRefusalPart(int Code, string Message, string RequestId);
