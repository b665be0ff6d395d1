using Rpd.Server.Catalog;
using Rpd.Server.Chat.Assistant;

namespace Rpd.Server.Chat;

/// <summary>
/// Conversations with language models. A call is admitted (requests and tokens of the minute, credits), answered by an upstream or by the built-in assistant,
/// and charged for the tokens that it has really used; a call without an answer costs nothing.
/// </summary>
public static class ChatParts
{
    public static IServiceCollection AddChat(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<ChatModelOptions>(settings, ChatModelOptions.Section);
        services.AddSingleton<ChatModels>().AddSingleton<BuiltInAssistant>();
        return services.AddSingleton<BeginChat>().AddSingleton<AskChat>();
    }
}
