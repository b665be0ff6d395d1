using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Server.Plans;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Files;

namespace Rpd.Server.Files;

public static class FilesApi
{
    public static void MapFilesApi(this IEndpointRouteBuilder api)
    {
        var files = api.MapGroup("/files");
        files.MapPost("/upload-url", Request).Needs(Scopes.Generate)
            .Describe("Create an upload address", "The first of three steps: then `PUT` the bytes to `uploadUrl` with the `headers` of the answer, then confirm. The address needs no key.")
            .Takes<NewUploadBody>("""{"filename":"input.png","contentType":"image/png"}""")
            .Gives<UploadView>(201, """{"uploadUrl":"https://create.example.org/uploads/0198c3f2-7a41-7c55-9e4b-2f6d1c8a9b10?e=1774009500&s=Zx3","headers":{"Content-Type":"image/png"},"maxBytes":25000000}""")
            .Refuses("CONFLICT", "STORAGE_QUOTA_REACHED", "PAYLOAD_TOO_LARGE");
        files.MapPost("/confirm", Confirm).Needs(Scopes.Generate)
            .Describe("Confirm an upload", "Checks that the file is there, whole, and of the announced type. From then on its bytes never change, and `file:<fileId>` is an input of generations.")
            .Takes<FileConfirmationBody>($$"""{"fileId":"{{Examples.Id}}"}""").Gives<FileView>().Refuses("NOT_FOUND", "CONFLICT", "PAYLOAD_TOO_LARGE", "PROVIDER_UNAVAILABLE");
        files.MapGet("", List).Needs(Scopes.Read)
            .Describe("List your files", "Newest first.").Filters<FileFilter>().GivesPage<FileView>();
        files.MapGet("/{id:guid}", async (Guid id, HttpContext http, FileQueries queries) =>
            await queries.Find(http.Credential().AccountId, id, http.RequestAborted) is { } file ? ApiAnswers.Data(file) : ApiAnswers.Refuse(Refusal.NotFound("The file"))).Needs(Scopes.Read)
            .Describe("Get a file", "One's own, confirmed or not. `url` is good for 24 hours from this answer on.").Gives<FileView>();
        files.MapDelete("/{id:guid}", Delete).Needs(Scopes.Generate)
            .Describe("Delete a file", "Erases it at once. Generations that were made from it stay; what still waits for it fails, with its refund.").Gives<DeletedFileView>();
    }

    private static async Task<IResult> Request(HttpContext http, RequestUpload request, PlanList plans)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var caller = http.Credential();
        var plan = plans.Of(caller.Plan);
        var wish = NewUpload.Read(body.Value.Fields, plan);
        if (wish.Declined) return ApiAnswers.Refuse(wish.Refusal);
        var upload = await request.Run(caller.AccountId, plan, wish.Value, http.RequestAborted);
        if (upload.Declined) return ApiAnswers.Refuse(upload.Refusal);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Location = $"{Api.Prefix}/files/{upload.Value.FileId}";
        return ApiAnswers.Data(upload.Value, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Confirm(HttpContext http, ConfirmUpload confirm)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        if (fields.Id("fileId") is not { } id)
        {
            if (fields.Errors.Count == 0) fields.Wrong("fileId", "fileId is required.");
            return ApiAnswers.Refuse(fields.Refusal!);
        }
        var confirmed = await confirm.Run(http.Credential().AccountId, id, http.RequestAborted);
        return confirmed.Declined ? ApiAnswers.Refuse(confirmed.Refusal) : ApiAnswers.Data(confirmed.Value);
    }

    private static async Task<IResult> List(HttpContext http, FileQueries queries, Cursors cursors)
    {
        var fields = Fields.Of(http.Request.Query);
        var status = fields.Choice("status", FileStatus.All);
        var query = ListQuery.Read(http, FileQueries.List, cursors, fields.Errors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var before = query.Value.Position is { } position ? Guid.Parse(position) : (Guid?)null;
        return ApiAnswers.Page(await queries.All(http.Credential().AccountId, status != FileStatus.Pending, before, query.Value.Limit, http.RequestAborted));
    }

    private static async Task<IResult> Delete(Guid id, HttpContext http, DeleteFile delete) =>
        await delete.Run(http.Credential().AccountId, id, onlyPending: false, http.RequestAborted)
            ? ApiAnswers.Data(new DeletedFileView(id, true)) : ApiAnswers.Refuse(Refusal.NotFound("The file"));
}
