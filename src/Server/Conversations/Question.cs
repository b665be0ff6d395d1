using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Http;
using Rpd.Shared;

namespace Rpd.Server.Conversations;

/// <summary>What the form of the chat asks.</summary>
/// <param name="Conversation">Null begins one.</param>
/// <param name="Text">Null: the last question once more.</param>
/// <param name="Again">The answer that was not wanted.</param>
public sealed record Question(Guid? Conversation, string? Text, string Model, string? Instructions, Guid? Again)
{
    public const int TextMax = 32_000, InstructionsMax = 8_000;

    /// <summary>What is wrong with it is among the errors of <paramref name="fields"/>.</summary>
    /// <param name="turns">Of the conversation so far.</param>
    /// <param name="again">Whether the last question is to be answered once more.</param>
    public static Question Read(Fields fields, Conversation? conversation, IReadOnlyList<ConversationTurn> turns, bool again)
    {
        var text = again ? null : fields.Text("message", TextMax)?.ReplaceLineEndings("\n").Trim();
        if (!again && string.IsNullOrEmpty(text)) fields.Wrong("message", "Write something first.");
        if (again && turns.LastOrDefault(turn => turn.Role == ConversationTurn.User) is null) fields.Wrong("", "There is no question to answer again.");
        var instructions = fields.Text("instructions", InstructionsMax)?.ReplaceLineEndings("\n").Trim();
        return new(conversation?.Id, text, fields.Text("model", 120) ?? "", string.IsNullOrEmpty(instructions) ? null : instructions,
            again && turns is [.., { Role: ConversationTurn.Assistant } last] ? last.Id : null);
    }

    /// <summary>As the chat's own format says it: the instructions, the conversation so far, and the question.</summary>
    public JsonElement Body(IReadOnlyList<ConversationTurn> turns)
    {
        var messages = new JsonArray();
        if (Instructions is not null) Add("system", Instructions);
        foreach (var turn in turns) if (turn.Id != Again) Add(turn.Role, turn.Text);
        if (Text is not null) Add(ConversationTurn.User, Text);
        return JsonSerializer.SerializeToElement(new JsonObject { ["model"] = Model, ["messages"] = messages, ["stream"] = true });

        void Add(string role, string text) => messages.Add(new JsonObject { ["role"] = role, ["content"] = text });
    }
}
