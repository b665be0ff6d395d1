using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Http;
using Rpd.Server.Storage;
using Rpd.Shared;

namespace Rpd.Server.Files;

/// <summary>
/// Where bytes come in: outside <c>/v1</c>, without a key, by a signed address. The only place of this server that takes large bodies, so only here
/// the web server's own limit is lifted; <see cref="TakeUpload"/> counts.
/// </summary>
public static class UploadEndpoint
{
    public static void MapUploads(this WebApplication app) =>
        app.MapPut(UploadAddresses.Path + "/{id:guid}", Take).WithMetadata(new DisableRequestSizeLimitAttribute()).DisableValidation();

    private static async Task<IResult> Take(Guid id, string? e, string? s, HttpContext http, UploadAddresses addresses, TakeUpload take, ILogger<TakeUpload> log)
    {
        if (!addresses.Valid(id, e, s)) return ApiAnswers.Refuse(Refusal.Forbidden("This upload address is not valid, or not any more. Ask for a new one."));
        try
        {
            var refusal = await take.Run(id, http.Request.ContentType, http.Request.ContentLength, http.Request.Body, http.RequestAborted);
            return refusal is null ? Results.Ok() : ApiAnswers.Refuse(refusal);
        }
        catch (IOException full) when (DiskFull.Is(full))
        {
            log.LogError(full, "The disk is full: the upload {File} was refused", id);
            return ApiAnswers.Refuse(new("STORAGE_FULL", 507, "The server's storage is full. Nothing was kept; try again later."));
        }
        catch (Exception gone) when (http.RequestAborted.IsCancellationRequested || gone is BadHttpRequestException)
        {
            // The sender has hung up or crawls: there is nobody to answer, and the storage has kept nothing.
            log.LogInformation("The upload {File} broke off", id);
            return Results.StatusCode(StatusCodes.Status408RequestTimeout);
        }
        catch (OperationCanceledException)
        {
            return ApiAnswers.Refuse(Refusal.Forbidden("The upload took too long. Ask for a new address."));
        }
    }
}
