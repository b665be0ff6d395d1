using Rpd.Server.Providers.Vendors;
using Rpd.Shared;

namespace Rpd.Server.Recognition.Tags;

/// <summary>Azure AI Vision, Image Analysis 4.0: the feature <c>tags</c>, in the caller's language. It knows no separate vocabulary of food.</summary>
internal sealed class AzureTags(TagHttp http) : ITagger
{
    public string Provider => TagOptions.Azure;

    public async Task<Outcome<FoundTag[]>> Ask(TagOptions access, TagQuestion question, CancellationToken cancel)
    {
        var address = $"{access.BaseUrl!.TrimEnd('/')}/computervision/imageanalysis:analyze?api-version=2024-02-01&features=tags&language={question.Language}";
        var answer = await http.Post(access, address, ("Ocp-Apim-Subscription-Key", access.ApiKey!.Reveal()), question.Jpeg, "application/octet-stream", cancel);
        if (answer.Declined) return answer.Refusal;
        return answer.Value.At("tagsResult", "values").Items().Select(tag => new FoundTag(tag.At("name").Text() ?? "", tag.At("confidence").Number(1) ?? 0)).Where(tag => tag.Name.Length > 0).ToArray();
    }
}
