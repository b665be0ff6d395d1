using System.Net.Http.Headers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Runway;

/// <summary>
/// Runway. Each kind of work has a route of its own that answers with a task's id; one route tells what has become of any task. The version of the interface
/// is a header that must be there. Facts: Runway's OpenAPI of August 2026.
/// </summary>
public sealed class RunwayVendor : Vendor
{
    /// <summary>It does not want to be asked about a task more often.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private const string Version = "2024-11-06";

    public override string Name => "runway";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? "https://api.dev.runwayml.com";

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Access.ApiKey!.Reveal());
        request.Headers.TryAddWithoutValidation("X-Runway-Version", Version);
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job) => VendorCall.Create(job.Path, RunwayBody.Of(job));

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer) => answer.At("id").Text() is { } id
        ? new VendorReply.Taken(id, Poll) : new VendorReply.Unknown("Runway accepted the task and did not say its id.");

    public override VendorCall Ask(VendorJob job, string upstreamId) => VendorCall.Get(Task(upstreamId));

    public override VendorReply Asked(VendorJob job, string upstreamId, VendorAnswer answer) => answer.At("status").Text() switch
    {
        "SUCCEEDED" => Made(answer),
        "FAILED" => Failed(Failure(answer.At("failureCode").Text() ?? ""), answer.At("failure").Text() ?? answer.At("failureCode").Text()),
        // Nobody here has asked for that, so whoever did does not want it made after all.
        "CANCELLED" => Failed(ProviderFault.TimedOut, "The task was cancelled at Runway."),
        // Also THROTTLED: our account has as many at work as its tier allows.
        _ => new VendorReply.Working(Poll, answer.At("progress").Number(1) is { } share ? (int)(share * 100) : null),
    };

    /// <summary>Removes it as well when it is over.</summary>
    public override bool Cancels => true;

    public override VendorCall Cancel(VendorJob job, string upstreamId) => new(HttpMethod.Delete, Task(upstreamId));

    /// <summary><c>{error, issues[], docUrl}</c>. An empty balance is a 400 like any other, told by its words alone.</summary>
    public override VendorReply.Failed Fault(VendorAnswer answer)
    {
        var error = answer.At("error").Text();
        var issue = answer.At("issues").Items().Select(one => one.At("message").Text()).FirstOrDefault(text => text is not null);
        var fault = answer.Status == 400 && error?.Contains("credits", StringComparison.OrdinalIgnoreCase) == true ? ProviderFault.InsufficientQuota : Usual(answer.Status);
        return Failed(fault, error is null ? answer.Text : issue is null ? error : $"{error} {issue}");
    }

    public override VendorCall Probe(VendorAccess access) => VendorCall.Get("/v1/organization");

    private static string Task(string id) => $"/v1/tasks/{Uri.EscapeDataString(id)}";

    private static VendorReply Made(VendorAnswer answer)
    {
        var outputs = answer.At("output").Items().Select(address => VendorOutput.At(address.Text())).OfType<VendorOutput>().ToArray();
        return outputs.Length > 0 ? new VendorReply.Made(outputs) : new VendorReply.Unknown("Runway finished the task and named no output.");
    }

    /// <summary>Words between dots, from the most general on: <c>SAFETY.INPUT.TEXT</c>, <c>INPUT_PREPROCESSING.SAFETY.TEXT</c>, <c>ASSET.INVALID</c>, <c>THIRD_PARTY.UNAVAILABLE</c>.</summary>
    private static ProviderFault Failure(string code)
    {
        var words = code.Split('.');
        return words.Contains("SAFETY") ? ProviderFault.ContentPolicy
            : words[0] == "ASSET" ? ProviderFault.InvalidInput
            : words[0] == "THIRD_PARTY" ? ProviderFault.Unavailable : ProviderFault.Internal;
    }
}
