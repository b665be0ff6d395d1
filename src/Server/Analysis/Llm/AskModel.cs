using System.Text.Json.Nodes;
using Rpd.Server.Providers.Chat;
using Rpd.Shared;

namespace Rpd.Server.Analysis.Llm;

/// <summary>Any chat model that speaks OpenAI's language: told what to look for, and believed only when its answer is exactly of the form that was asked for.</summary>
public sealed class AskModel(AnalysisAccess access, ChatUpstreams shared) : IAnalyst
{
    private readonly ChatUpstreams upstreams = access.BaseUrl is null ? shared : shared.Alone("Analysis:llm", access.Upstream);

    public string Name => "llm";

    /// <summary>Where faces and letters are, such a model only guesses.</summary>
    public bool Does(AnalysisTask task) => task is not (AnalysisTask.Face or AnalysisTask.Text);

    public string? Missing(AnalysisTask task) => string.IsNullOrEmpty(access.Model) ? "Set Analysis:llm:Model, a model of Chat:Upstreams, or one at Analysis:llm:BaseUrl."
        : upstreams.Serves(access.Model) ? null : $"Analysis:llm:Model is {access.Model}, which none of Chat:Upstreams serves.";

    public async Task<Outcome<object>> Run(AnalysisRequest request, CancellationToken cancel)
    {
        var (answer, failure) = await upstreams.Ask(new JsonObject
        {
            ["model"] = access.Model,
            ["temperature"] = 0,
            ["messages"] = new JsonArray(
                new JsonObject { ["role"] = "system", ["content"] = ModelWords.Instruction(request.Task) },
                new JsonObject { ["role"] = "user", ["content"] = Content(request) }),
        }, cancel, TimeSpan.FromSeconds(access.TimeoutSeconds));
        if (answer?.Text is { } text && ModelWords.Read(request, text) is { } result) return new Outcome<object>(result, null);
        return failure is { Final: true, Code: not "model_not_found" } ? Refusal.Invalid(request.Picture is null ? "text" : "file", $"llm refuses it: {failure.Message}")
            : new Refusal("PROVIDER_UNAVAILABLE", 503, "llm does not answer as it should. Nothing was charged; try again later, or name another provider.");
    }

    private static JsonNode Content(AnalysisRequest request) => request.Picture is not { } picture ? JsonValue.Create(request.Content)!
        : new JsonArray(new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = $"data:{picture.ContentType};base64,{picture.Base64()}" } });
}
