namespace Rpd.Server.Conversations;

/// <summary>What somebody and a model have said to each other on the page of the chat.</summary>
public sealed class Conversation
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }

    /// <summary>The beginning of the first question.</summary>
    public required string Title { get; init; }

    /// <summary>Who was asked last.</summary>
    public required string Model { get; init; }

    /// <summary>What the model is told before everything else.</summary>
    public string? Instructions { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>A question, or an answer. Their ids are in the order of time.</summary>
public sealed class ConversationTurn
{
    public const string User = "user", Assistant = "assistant";

    public Guid Id { get; init; }
    public Guid ConversationId { get; init; }

    /// <summary>One of the constants.</summary>
    public required string Role { get; init; }

    public required string Text { get; init; }

    /// <summary>Who has answered.</summary>
    public string? Model { get; init; }

    /// <summary>What the answer has cost.</summary>
    public long Credits { get; init; }

    /// <summary>Read and written for the answer.</summary>
    public long Tokens { get; init; }

    /// <summary>Its reader had heard enough.</summary>
    public bool Stopped { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
