using Rpd.Server.Providers.Vendors;
using Rpd.Shared;

namespace Rpd.Server.Recognition.Tags;

/// <summary>Clarifai: the outputs of its models <c>general-image-recognition</c> and <c>food-item-recognition</c>. Where a model does not speak the language, it answers in English.</summary>
internal sealed class ClarifaiTags(TagHttp http) : ITagger
{
    public string Provider => TagOptions.Clarifai;

    public async Task<Outcome<FoundTag[]>> Ask(TagOptions access, TagQuestion question, CancellationToken cancel)
    {
        var model = Uri.EscapeDataString(access.Model ?? (question.Food ? "food-item-recognition" : "general-image-recognition"));
        var asked = new
        {
            inputs = new[] { new { data = new { image = new { base64 = question.Base64 } } } },
            model = new { output_info = new { output_config = new { language = question.Language } } },
        };
        var address = $"{(access.BaseUrl ?? "https://api.clarifai.com").TrimEnd('/')}/v2/users/clarifai/apps/main/models/{model}/outputs";
        var answer = await http.PostJson(access, address, ("Authorization", $"Key {access.ApiKey!.Reveal()}"), asked, cancel);
        if (answer.Declined) return answer.Refusal;
        var output = answer.Value.At("outputs").Items().FirstOrDefault();
        return output.At("data", "concepts").Items().Select(concept => new FoundTag(concept.At("name").Text() ?? "", concept.At("value").Number(1) ?? 0)).Where(tag => tag.Name.Length > 0).ToArray();
    }
}
