namespace Rpd.Server.Chat.Assistant;

public sealed record Said(string Role, string Text);

public sealed class BuiltInAssistant
{
    public string Answer(IReadOnlyList<Said> conversation, DateTimeOffset now) => $"{conversation.Count} {now}";
}
