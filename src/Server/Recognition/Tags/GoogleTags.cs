using Rpd.Server.Providers.Vendors;
using Rpd.Shared;

namespace Rpd.Server.Recognition.Tags;

/// <summary>
/// Google Cloud Vision: <c>images:annotate</c> with LABEL_DETECTION. It labels in English only, so German is asked of Cloud Translation with the same key.
/// It knows no separate vocabulary of food.
/// </summary>
internal sealed class GoogleTags(TagHttp http) : ITagger
{
    private const int TagsMax = 30;

    public string Provider => TagOptions.Google;

    public async Task<Outcome<FoundTag[]>> Ask(TagOptions access, TagQuestion question, CancellationToken cancel)
    {
        var asked = new { requests = new[] { new { image = new { content = question.Base64 }, features = new[] { new { type = "LABEL_DETECTION", maxResults = TagsMax } } } } };
        var answer = await http.PostJson(access, (access.BaseUrl ?? "https://vision.googleapis.com").TrimEnd('/') + "/v1/images:annotate", Key(access), asked, cancel);
        if (answer.Declined) return answer.Refusal;
        var response = answer.Value.At("responses").Items().FirstOrDefault();
        if (response.At("error", "message").Text() is { } error) return http.Trouble(access, error);
        var tags = response.At("labelAnnotations").Items().Select(label => new FoundTag(label.At("description").Text() ?? "", label.At("score").Number(1) ?? 0)).Where(tag => tag.Name.Length > 0).ToArray();
        return question.Language == "de" && tags.Length > 0 ? await InGerman(access, tags, cancel) : tags;
    }

    private async Task<Outcome<FoundTag[]>> InGerman(TagOptions access, FoundTag[] tags, CancellationToken cancel)
    {
        var asked = new { q = tags.Select(tag => tag.Name), source = "en", target = "de", format = "text" };
        var answer = await http.PostJson(access, (access.BaseUrl ?? "https://translation.googleapis.com").TrimEnd('/') + "/language/translate/v2", Key(access), asked, cancel);
        if (answer.Declined) return answer.Refusal;
        var words = answer.Value.At("data", "translations").Items().Select(one => one.At("translatedText").Text()).ToList();
        return words.Count != tags.Length ? http.Trouble(access, "not every tag was translated") : tags.Zip(words, (tag, word) => tag with { Name = word ?? tag.Name }).ToArray();
    }

    private static (string, string) Key(TagOptions access) => ("X-goog-api-key", access.ApiKey!.Reveal());
}
