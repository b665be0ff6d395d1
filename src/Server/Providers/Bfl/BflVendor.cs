using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Bfl;

/// <summary>
/// Black Forest Labs. A job may land in any region, so the address to ask at comes with its acceptance; what it made can be fetched for ten minutes.
/// Facts: BFL's OpenAPI of 2026.
/// </summary>
public sealed class BflVendor : Vendor
{
    private const string Home = "bfl.ai", Signature = "x-bfl-signature", Scheme = "sha256=";
    private static readonly TimeSpan PollStill = TimeSpan.FromSeconds(2), PollVideo = TimeSpan.FromSeconds(10);

    public override string Name => "bfl";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? "https://api.bfl.ai";

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        request.Headers.TryAddWithoutValidation("x-key", session.Access.ApiKey!.Reveal());
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job)
    {
        var body = BflBody.Of(job);
        // Who gets called is not told where to ask, so that is only worth it with a secret that makes the call worth something.
        if (job.Callback is { } callback && job.Access.WebhookSecret is { Empty: false } secret)
            body.Put("webhook_url", callback.AbsoluteUri).Put("webhook_secret", secret.Reveal());
        return VendorCall.Create(job.Path, body);
    }

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer)
    {
        if (answer.At("id").Text() is not { } id) return new VendorReply.Unknown("BFL accepted the job and did not say its id.");
        return new VendorReply.Taken(Ours(job.Access, answer.At("polling_url").Text()) ?? Result(id), Pause(job));
    }

    /// <param name="upstreamId">Where to ask: what the vendor gave out, or the general address with the job's id.</param>
    public override VendorCall Ask(VendorJob job, string upstreamId) => VendorCall.Get(upstreamId);

    public override VendorReply Asked(VendorJob job, string upstreamId, VendorAnswer answer) => answer.At("status").Text() switch
    {
        "Ready" => Made(answer),
        "Request Moderated" or "Content Moderated" => VendorReply.Refused(Reason(answer) ?? "It was moderated."),
        "Error" or "Failed" => Failed(ProviderFault.Internal, Reason(answer)),
        // It may have been made and paid for: it must not be submitted again.
        "Task not found" => Failed(ProviderFault.TimedOut, "BFL does not know the job any more."),
        _ => new VendorReply.Working(Pause(job), answer.At("progress").Number(1) is { } share ? (int)(share * 100) : null),
    };

    /// <summary><c>{detail}</c>: a sentence, or a list of <c>{loc, msg, type}</c>.</summary>
    public override VendorReply.Failed Fault(VendorAnswer answer)
    {
        var detail = answer.At("detail");
        var wrong = detail.Items().Select(one => $"{string.Join('.', one.At("loc").Items().Skip(1))}: {one.At("msg").Text()}").ToArray();
        return Failed(Usual(answer.Status), detail.Text() ?? (wrong.Length > 0 ? string.Join("; ", wrong) : answer.Text));
    }

    /// <summary>
    /// Signed with the secret that went out with the job: the header is written down in one place of BFL's and missing in another, so a call without it is
    /// no worse than none, and one with a wrong one is refused.
    /// </summary>
    public override VendorCallback? Called(VendorAccess access, IReadOnlyDictionary<string, string> headers, byte[] body, DateTimeOffset now)
    {
        if (access.WebhookSecret is { Empty: false } secret && headers.TryGetValue(Signature, out var given) && !Signed(secret, given, body)) return new(false);
        using var json = JsonDocument.Parse(body);
        var id = json.RootElement.At("task_id").Text() ?? json.RootElement.At("id").Text();
        return new(true, id is null ? null : Result(id));
    }

    public override VendorCall Probe(VendorAccess access) => VendorCall.Get("/v1/credits");

    private static string Result(string id) => $"/v1/get_result?id={Uri.EscapeDataString(id)}";

    private static TimeSpan Pause(VendorJob job) => job.Type.EndsWith("video", StringComparison.Ordinal) ? PollVideo : PollStill;

    /// <summary>Our key goes along when it is asked: only to BFL's own hosts, or the operator's.</summary>
    private string? Ours(VendorAccess access, string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var link)) return null;
        var ours = new Uri(BaseUrl(access));
        var own = link.Scheme == ours.Scheme && link.Authority == ours.Authority;
        return own || (link is { Scheme: "https", IsDefaultPort: true, UserInfo: "" } && link.Host.EndsWith("." + Home, StringComparison.OrdinalIgnoreCase)) ? link.AbsoluteUri : null;
    }

    private static VendorReply Made(VendorAnswer answer)
    {
        var result = answer.At("result");
        return VendorOutput.At(result.At("sample").Text()) is { } output
            ? new VendorReply.Made([output with { Seed = result.At("seed").Whole() }]) : new VendorReply.Unknown("BFL finished the job and named no output.");
    }

    private static string? Reason(VendorAnswer answer)
    {
        var reasons = answer.At("details").At("Moderation Reasons").Items().Select(reason => reason.Text()).OfType<string>().ToArray();
        return reasons.Length > 0 ? string.Join(", ", reasons) : answer.At("details").Text();
    }

    private static bool Signed(Secret secret, string given, byte[] body)
    {
        var wanted = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), body);
        var hex = given.StartsWith(Scheme, StringComparison.Ordinal) ? given[Scheme.Length..] : "";
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hex.ToLowerInvariant()), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(wanted)));
    }
}
