using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Shared;

namespace Rpd.Server.Chat;

/// <summary>What somebody wants to be answered. Whatever upstreams may understand and we do not goes on as it came.</summary>
/// <param name="Body">As sent.</param>
/// <param name="PromptTokens">Estimated.</param>
/// <param name="AnswerTokens">What the answer may have, or what is usual: so much is reserved.</param>
/// <param name="IncludeUsage">A stream is to end with what it has cost in tokens.</param>
public sealed record ChatRequest(ChatModel Model, JsonElement Body, long PromptTokens, long AnswerTokens, bool Stream, bool IncludeUsage)
{
    private static readonly string[] Roles = ["system", "developer", "user", "assistant", "tool", "function"];

    public JsonObject ForUpstream => JsonObject.Create(Body)!;

    public JsonElement Messages => Body.GetProperty("messages");

    public static Outcome<ChatRequest> Read(JsonElement body, ChatModels models)
    {
        var fields = Fields.Of(body);
        var name = fields.Text("model", 120, required: true);
        CheckMessages(fields);
        fields.Number("temperature", 0, 2);
        fields.Number("top_p", 0, 1);
        fields.Integer("n", 1, 1);
        var stream = fields.Flag("stream") ?? false;
        var usage = fields.Object("stream_options").Flag("include_usage") ?? false;
        var model = name is null ? null : models.Find(name);
        var most = fields.Integer(fields.Has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens", 1, model?.OutputTokensMax ?? ChatModel.TokensMax);
        CheckStop(fields);
        if (fields.Read("tools") is { ValueKind: not JsonValueKind.Array }) fields.Wrong("tools", "tools must be a list.");
        if (fields.Read("tool_choice") is { ValueKind: not (JsonValueKind.String or JsonValueKind.Object) }) fields.Wrong("tool_choice", "tool_choice must be a string or an object.");
        fields.Object("response_format");
        if (fields.Refusal is { } wrong) return wrong;
        if (model is null) return new Refusal("model_not_found", 404, $"The model {name} does not exist here. GET /v1/models lists those that do.", [new("model", "unknown")]);
        return new ChatRequest(model, body, Chat.PromptTokens.Of(body), most ?? model.OutputTokensUsual, stream, usage);
    }

    private static void CheckMessages(Fields fields)
    {
        if (fields.Read("messages") is not { } messages) fields.Wrong("messages", "messages is required.");
        else if (messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0) fields.Wrong("messages", "messages must be a list with one message at least.");
        else
        {
            foreach (var (index, message) in messages.EnumerateArray().Index())
                if (Wrong(message) is { } wrong) fields.Wrong($"messages[{index}]", $"messages[{index}] {wrong}");
        }
    }

    private static string? Wrong(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object) return "must be an object.";
        if (!message.TryGetProperty("role", out var role) || role.ValueKind != JsonValueKind.String || !Roles.Contains(role.GetString())) return $"needs a role, one of: {string.Join(", ", Roles)}.";
        var content = message.TryGetProperty("content", out var sent) ? sent : default;
        return content.ValueKind switch
        {
            JsonValueKind.String => null,
            JsonValueKind.Array => content.EnumerateArray().All(part => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String)
                ? null : "has a part without a type.",
            JsonValueKind.Null or JsonValueKind.Undefined when role.GetString() == "assistant" => null,
            _ => "needs content: a string, or a list of parts.",
        };
    }

    private static void CheckStop(Fields fields)
    {
        if (fields.Read("stop") is not { } stop || stop.ValueKind == JsonValueKind.String) return;
        if (stop.ValueKind != JsonValueKind.Array || stop.GetArrayLength() > 4 || stop.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String))
            fields.Wrong("stop", "stop must be a string, or a list of four at most.");
    }
}
