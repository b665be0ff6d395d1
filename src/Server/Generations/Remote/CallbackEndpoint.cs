using System.Text.Json;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Generations.Remote;

/// <summary>
/// Where vendors call, outside <c>/v1</c> and without a key: the address is known to the vendor alone, and where it signs its calls the signature counts as
/// well. A call says only that something has happened; what, the vendor is asked. So it may come twice, late, wrong or never.
/// </summary>
public static class CallbackEndpoint
{
    private const int BytesMax = 4_000_000;

    public static void MapCallbacks(this WebApplication app) =>
        app.MapPost("/callbacks/{provider}/{submission:guid}/{token}", Take).DisableAntiforgery().DisableValidation().ExcludeFromDescription();

    private static async Task<IResult> Take(
        string provider, Guid submission, string token, HttpContext http, CallbackAddress addresses, VendorList vendors, Submissions submissions, IProviderCallbacks callbacks,
        TimeProvider time, ILogger<Submission> log)
    {
        if (!addresses.Valid(provider, submission, token) || vendors.Find(provider) is not { } vendor) return Results.NotFound();
        if (await Read(http) is not { } body) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var about = await submissions.Called(submission, provider, http.RequestAborted);
        // What the operator's account there signs with says nothing about a customer's: then the address alone is the proof.
        var access = about is { OwnKey: true } ? vendors.Access(provider) with { WebhookSecret = null } : vendors.Access(provider);
        if (Called(vendor, access, http, body, time.GetUtcNow()) is not { } call) return Results.BadRequest();
        if (!call.Verified)
        {
            log.LogWarning("{Vendor} called about submission {Submission} with a wrong signature", provider, submission);
            return Results.Unauthorized();
        }
        if (about is not { } running) return Results.Ok();
        // The call may be the first that is heard of it, when the answer to the submission has been lost.
        if (call.UpstreamId is { } upstream) await submissions.Taken(submission, upstream, http.RequestAborted);
        callbacks.Arrived(running.Generation);
        return Results.Ok();
    }

    /// <returns>Null for what is no call of this vendor.</returns>
    private static VendorCallback? Called(Vendor vendor, VendorAccess access, HttpContext http, byte[] body, DateTimeOffset now)
    {
        try
        {
            return vendor.Called(access, http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()), body, now);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<byte[]?> Read(HttpContext http)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (body.Length + read > BytesMax) return null;
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }
}
