using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Compatible;

/// <summary>
/// Any server that speaks OpenAI's images interface, as LocalAI and many others do: <c>POST /images/generations</c>, and <c>/images/edits</c> where the request
/// has a picture. It answers with the finished work, as base64 or as an address. Which models there are, the operator says.
/// </summary>
public sealed class CompatibleVendor : Vendor
{
    private const string Generations = "/images/generations", Edits = "/images/edits";

    public override string Name => "compatible";

    public override bool OpenToPeople => false;

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? throw new InvalidOperationException("Providers:compatible:BaseUrl is not set.");

    public override string? Missing(VendorAccess access, string upstreamModel) => string.IsNullOrEmpty(access.BaseUrl) ? "Set Providers:compatible:BaseUrl, and ApiKey where the server wants one." : null;

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        if (session.Access.ApiKey is { Empty: false } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job)
    {
        var fields = Fields(job);
        if (job.Image is not { } image) return VendorCall.Create(job.Path.Length > 0 ? job.Path : Generations, fields);
        var form = fields.Select(field => VendorPart.Of(field.Key, field.Value is JsonValue value && value.TryGetValue<string>(out var text) ? text : field.Value!.ToJsonString())).ToList();
        form.Add(VendorPart.Of("image", image));
        if (job.More.TryGetValue("mask", out var mask)) form.Add(VendorPart.Of("mask", mask));
        return VendorCall.Create(job.Path.Length > 0 ? job.Path : Edits, form);
    }

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer)
    {
        var outputs = answer.At("data").Items().Select(made => made.At("b64_json").Text() is { } bytes ? VendorOutput.Of(bytes) : Link(job.Access, made.At("url").Text())).OfType<VendorOutput>().ToArray();
        return outputs.Length > 0 ? new VendorReply.Made(outputs) : new VendorReply.Unknown("The server answered without a picture.");
    }

    public override VendorReply.Failed Fault(VendorAnswer answer)
    {
        var fault = answer.At("error", "code").Text() switch
        {
            "content_policy_violation" or "moderation_blocked" or "content_filter" => ProviderFault.ContentPolicy,
            "insufficient_quota" or "billing_hard_limit_reached" or "invalid_api_key" => ProviderFault.InsufficientQuota,
            // The catalogue is the operator's: it names a model that the server does not have.
            "model_not_found" => ProviderFault.Unavailable,
            _ => Usual(answer.Status),
        };
        return Failed(fault, answer.At("error", "message").Text() ?? answer.At("error").Text() ?? answer.Text);
    }

    public override VendorCall Probe(VendorAccess access) => VendorCall.Get("/models");

    private static JsonObject Fields(VendorJob job)
    {
        var (style, negative) = (job.Facts.ContainsKey("styles"), job.Facts.ContainsKey("negativePrompt"));
        var fields = new JsonObject { ["model"] = job.UpstreamModel, ["prompt"] = job.Words(style: !style, negative: !negative), ["n"] = job.Count };
        if (negative) fields.Put("negative_prompt", job.Request.NegativePrompt);
        foreach (var (name, value) in job.Request.Params.Where(param => !job.More.ContainsKey(param.Key) && (style || param.Key != "style")))
            fields.Put(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), JsonSerializer.SerializeToNode(value));
        return fields;
    }

    /// <summary>What lies on the server itself is fetched as its interface is; that may be a place that addresses from elsewhere must not lead to.</summary>
    private static VendorOutput? Link(VendorAccess access, string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var link) && Uri.TryCreate(access.BaseUrl, UriKind.Absolute, out var home) && link.GetLeftPart(UriPartial.Authority) == home.GetLeftPart(UriPartial.Authority)
            ? VendorOutput.By(VendorCall.Get(link.AbsoluteUri)) : VendorOutput.At(address);
}
