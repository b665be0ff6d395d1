using System.Net.Http.Headers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.OpenAi;

/// <summary>
/// OpenAI: pictures (<see cref="OpenAiImages"/>) and speech (<see cref="OpenAiSpeech"/>), both there with the answer. Its video interface was closed on
/// 2026-09-24. Facts: openai/openai-openapi and the official clients, August 2026.
/// </summary>
public sealed class OpenAiVendor : Vendor
{
    public override string Name => "openai";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? "https://api.openai.com";

    public override int OutputsAtOnce(string upstreamModel, string type) => type == "audio" ? 1 : OpenAiImages.AtOnce;

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Access.ApiKey!.Reveal());
        if (session.Access.Project is { Length: > 0 } project) request.Headers.TryAddWithoutValidation("OpenAI-Project", project);
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job) => job.Type == "audio" ? OpenAiSpeech.Submit(job) : OpenAiImages.Submit(job);

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer) => job.Type == "audio" ? OpenAiSpeech.Submitted(answer) : OpenAiImages.Submitted(answer);

    public override VendorReply.Failed Fault(VendorAnswer answer)
    {
        var error = answer.At("error");
        var fault = error.At("code").Text() switch
        {
            "moderation_blocked" or "content_policy_violation" => ProviderFault.ContentPolicy,
            // They come with statuses that mean something else by themselves: 429, 400, 404.
            "insufficient_quota" or "billing_hard_limit_reached" or "model_not_found" => ProviderFault.InsufficientQuota,
            "rate_limit_exceeded" => ProviderFault.RateLimited,
            // Somebody else is at it there: its own clients try again.
            _ when answer.Status == 409 => ProviderFault.Unavailable,
            _ => Usual(answer.Status),
        };
        return Failed(fault, error.At("message").Text() ?? answer.Text);
    }

    public override VendorCall Probe(VendorAccess access) => VendorCall.Get("/v1/models");
}
