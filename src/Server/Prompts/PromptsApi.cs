using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Generations;
using Rpd.Shared.Prompts;

namespace Rpd.Server.Prompts;

public static class PromptsApi
{
    public static void MapPromptsApi(this IEndpointRouteBuilder api) => api.MapPost("/prompts/enhance", Enhance).Needs(Scopes.Generate)
        .Describe("Enhance a prompt", "Adds what the prompt's subject and type call for and it does not say itself. Costs nothing and keeps nothing.")
        .Takes<EnhancePromptBody>("""{"prompt":"a red fox in the snow","type":"text2image"}""")
        .Gives<EnhancedPrompt>(example: """
            {"original":"a red fox in the snow","enhanced":"a red fox in the snow, warm natural light, eye-level view, the animal sharp against a soft background",
             "suggestions":["caught in mid-motion","early morning mist"],"engine":"builtin"}
            """)
        .Refuses("CONTENT_VIOLATION");

    private static async Task<IResult> Enhance(HttpContext http, EnhancePrompt enhance, ContentPolicy policy)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var prompt = fields.Text("prompt", Enrich.LengthMax, required: true);
        var type = fields.Choice("type", GenerationTypes.All) ?? GenerationTypes.TextToImage;
        var style = fields.Text("style", 60);
        if (style?.Any(char.IsControl) == true) fields.Wrong("style", "style must be one line of text.");
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        if (policy.Refuse(("prompt", prompt), ("style", style)) is { } violation) return ApiAnswers.Refuse(violation);
        return ApiAnswers.Data(await enhance.Run(prompt!, type, style, http.RequestAborted));
    }
}
