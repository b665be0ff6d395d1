namespace Rpd.Server.Chat.Assistant;

/// <param name="Role">system, user, assistant, …, as in the request.</param>
public sealed record Said(string Role, string Text);
