using Npgsql;
using Rpd.Server.Credits;
using Rpd.Server.Outbound;
using Rpd.Shared;

namespace Rpd.Server.Generations.Inputs;

/// <summary>
/// What can be said of a request's addresses before anybody pays: own files must be there and of the right kind, a parent must have what is missing, and
/// what is told of the end must be allowed to go there. Other people's files show what they are when the work begins.
/// </summary>
public sealed class CheckInputs(NpgsqlDataSource database, InputSources sources, OutboundRules outbound)
{
    /// <param name="within">The caller's open transaction, if there is one.</param>
    /// <returns>Empty when nothing is wrong so far. A request without files and parent costs nothing.</returns>
    public async Task<IReadOnlyList<FieldError>> Run(NewGeneration request, Payer payer, NpgsqlTransaction? within, CancellationToken cancel)
    {
        var given = GivenInput.Of(request.InputImageUrl, request.InputVideoUrl, request.InputAudioUrl, request.Params);
        if (given.Count == 0 && request.ParentId is null && request.WebhookUrl is null) return [];
        var wrong = new List<FieldError>();
        if (request.WebhookUrl is { } told && outbound.Objection(new Uri(told), plainHttp: false) is { } objection) wrong.Add(new("webhookUrl", $"webhookUrl: {objection}"));
        var files = new List<(InputKind Kind, Guid File)>();
        foreach (var (kind, text) in given)
        {
            var source = sources.Read(text);
            if (source is InputSource.OwnFile own) files.Add((kind, own.File));
            else if (source is InputSource.Expired) wrong.Add(new(kind.Field, $"{kind.Field} is an address of this server that is not valid any more. Read the generation or the file again."));
        }
        if (files.Count > 0) wrong.AddRange(await WrongFiles(files, payer.AccountId, within, cancel));
        if (request.ParentId is { } parent) wrong.AddRange(await WrongParent(request, parent, given, payer, within, cancel));
        return wrong;
    }

    private async Task<List<FieldError>> WrongFiles(List<(InputKind Kind, Guid File)> files, Guid account, NpgsqlTransaction? within, CancellationToken cancel)
    {
        const string sql = "select id, content_type from files where id = any($1) and account_id = $2 and confirmed_at is not null";
        await using var command = within is null ? database.CreateCommand(sql) : new NpgsqlCommand(sql, within.Connection, within);
        command.Parameters.AddWithValue(files.Select(one => one.File).ToArray());
        command.Parameters.AddWithValue(account);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var types = new Dictionary<Guid, string>();
        while (await reader.ReadAsync(cancel)) types[reader.GetGuid(0)] = reader.GetString(1);
        return [.. files.Select(one => Wrong(one.Kind, types.GetValueOrDefault(one.File))).OfType<FieldError>()];
    }

    private static FieldError? Wrong(InputKind kind, string? contentType) => contentType is null ? new(kind.Field, $"{kind.Field} names no confirmed file of yours.")
        : kind.Fits(contentType) ? null : new(kind.Field, $"{kind.Field} must be {kind.Words}; the file is {contentType}.");

    private async Task<IEnumerable<FieldError>> WrongParent(
        NewGeneration request, Guid id, IReadOnlyList<GivenInput> given, Payer payer, NpgsqlTransaction? within, CancellationToken cancel)
    {
        if (await ParentOutputs.Find(database, within, payer.AccountId, payer.Test, id, cancel) is not { } parent)
            return [new("parentId", "parentId names no generation of yours and no published one.")];
        if (InputKind.ContinuesParent(request.Entry, request.Type) && parent.Files.Count == 0) return [new("parentId", $"The parent is {parent.Status} and has no output to go on from.")];
        return parent.Wanted(request.Entry, request.Type, [.. given.Select(one => one.Kind)]).Where(kind => parent.First(kind) is null)
            .Select(kind => new FieldError(kind.Field, $"{kind.Field} is required: the parent is {parent.Status} and has no output that is {kind.Words}."));
    }
}
