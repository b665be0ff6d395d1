using System.ClientModel;
using OpenAI;
using OpenAI.Chat;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.OpenAi;

/// <summary>OpenAI's own client for .NET, unmodified but for its address and key.</summary>
public sealed class DotNetClientTests(TalkingWorld world) : IClassFixture<TalkingWorld>
{
    [Fact]
    public async Task It_lists_the_models_talks_streams_and_calls_a_tool()
    {
        var caller = await world.App.Caller();
        var client = Client(caller.Key);

        var models = (await client.GetOpenAIModelClient().GetModelsAsync()).Value.Select(model => model.Id).ToArray();
        var whole = (await client.GetChatClient("rapshee-1").CompleteChatAsync([new UserChatMessage("What is artificial intelligence?")], new ChatCompletionOptions { Temperature = 0.7f, MaxOutputTokenCount = 1000 })).Value;
        var (text, tokens) = ("", 0);
        await foreach (var update in client.GetChatClient("rapshee-1").CompleteChatStreamingAsync([new SystemChatMessage("Be brief."), new UserChatMessage("Hello")]))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            tokens = update.Usage?.TotalTokenCount ?? tokens;
        }
        var called = (await client.GetChatClient("with-tools").CompleteChatAsync([new UserChatMessage("Is it raining?")],
            new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("weather", "The weather", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}""")) } })).Value;

        Assert.Contains("rapshee-1", models);
        Assert.Contains("studio-sketch", models);
        Assert.Equal(("Good morning", "rapshee-1", 11, ChatFinishReason.Stop), (whole.Content[0].Text, whole.Model, whole.Usage.TotalTokenCount, whole.FinishReason));
        Assert.Equal(("Good morning", 11), (text, tokens));
        Assert.Equal((ChatFinishReason.ToolCalls, "weather"), (called.FinishReason, called.ToolCalls[0].FunctionName));
    }

    [Theory]
    [InlineData("rapshee-1", true, 402)]
    [InlineData("nobody", false, 404)]
    [InlineData("down", false, 503)]
    public async Task What_is_refused_reaches_it_with_its_status(string model, bool poor, int status)
    {
        var caller = await world.App.Caller(credits: poor ? 0 : 100);

        var refused = await Assert.ThrowsAsync<ClientResultException>(async () => await Client(caller.Key).GetChatClient(model).CompleteChatAsync("Hello"));

        Assert.Equal(status, refused.Status);
    }

    private OpenAIClient Client(string key) => new(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(world.Address + "/v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });
}
