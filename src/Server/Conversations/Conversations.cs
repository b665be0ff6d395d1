namespace Rpd.Server.Conversations;

/// <summary>The page of the chat: conversations that are kept until their owner deletes them, on the same admission, upstreams and ledger as the API's chat.</summary>
public static class ConversationParts
{
    public static IServiceCollection AddConversations(this IServiceCollection services) => services.AddSingleton<RunningAnswers>()
        .AddScoped<ConversationQueries>().AddScoped<KeepTurns>().AddScoped<AnswerQuestion>().AddScoped<DrawChat>().AddScoped<DeleteConversation>();
}
