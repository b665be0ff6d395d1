using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.HeyGen;

/// <summary>Looks of avatars, voices, an agent's styles and languages, as the account has them. Of long lists the first page.</summary>
internal static class HeyGenChoices
{
    public static VendorCall? List(string param) => param switch
    {
        "avatarId" => VendorCall.Get("/v3/avatars/looks?limit=50"),
        "voiceId" => VendorCall.Get("/v3/voices?limit=100"),
        "styleId" => VendorCall.Get("/v3/video-agents/styles?limit=100"),
        "outputLanguages" => VendorCall.Get("/v3/video-translations/languages"),
        _ => null,
    };

    public static IReadOnlyList<VendorChoice> Read(string param, VendorAnswer answer) => [.. (param switch
    {
        "avatarId" => Named(answer, "id", "preview_image_url"),
        "voiceId" => Named(answer, "voice_id", "preview_audio_url"),
        "styleId" => Named(answer, "style_id", "thumbnail_url"),
        _ => answer.At("data", "languages").Items().Select(language => language.Text() is { } name ? new VendorChoice(name, name) : null),
    }).OfType<VendorChoice>()];

    private static IEnumerable<VendorChoice?> Named(VendorAnswer answer, string id, string preview) =>
        answer.At("data").Items().Select(one => one.At(id).Text() is { } value ? new VendorChoice(value, Label(one) ?? value, one.At(preview).Text()) : null);

    private static string? Label(JsonElement one) => (one.At("name").Text(), one.At("language").Text()) is ({ } name, { } language) ? $"{name} ({language})" : one.At("name").Text();
}
