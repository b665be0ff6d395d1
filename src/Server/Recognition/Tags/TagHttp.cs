using System.Text.Json;
using Rpd.Server.Outbound;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared;

namespace Rpd.Server.Recognition.Tags;

/// <summary>One call to a provider of tags, bounded in time and size. What goes wrong is told to the operator, and to the caller without names of ours.</summary>
internal sealed class TagHttp(OutboundHttp outbound, ILogger<TagHttp> log)
{
    private const int AnswerBytesMax = 1024 * 1024;

    public async Task<Outcome<JsonElement>> Post(TagOptions access, string address, (string Name, string Value) credential, ReadOnlyMemory<byte> body, string contentType, CancellationToken cancel)
    {
        var posted = await outbound.Post(new Uri(address), [new(credential.Name, credential.Value)], body, contentType, TimeSpan.FromSeconds(access.TimeoutSeconds), AnswerBytesMax, cancel);
        if (posted.Failed) return Trouble(access, posted.Failure.Message);
        if (posted.Answer.Status is < 200 or > 299) return Trouble(access, $"it answered {posted.Answer.Status}: {Said(access, posted.Answer.Body)}");
        return VendorMessages.Parse(posted.Answer.Body) is { } json ? json : Trouble(access, "its answer makes no sense");
    }

    public Task<Outcome<JsonElement>> PostJson(TagOptions access, string address, (string Name, string Value) credential, object body, CancellationToken cancel) =>
        Post(access, address, credential, JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web), "application/json", cancel);

    public Refusal Trouble(TagOptions access, string what)
    {
        log.LogWarning("{Provider} has not named what a picture shows: {Trouble}", access.Provider, what);
        return new("MODEL_FAULT", 502, "The model could not look at the picture. Try again in a moment.");
    }

    private static string Said(TagOptions access, byte[] body)
    {
        var text = System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 500)));
        return access.ApiKey?.Strike(text) ?? text;
    }
}
