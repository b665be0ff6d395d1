using Rpd.Server.Collections;
using Rpd.Server.Generations;
using Rpd.Server.Generations.Covering;
using Rpd.Shared;
using Rpd.Shared.Generations;
using Rpd.Web.Library;
using Rpd.Web.Ui;

namespace Rpd.Server.Library;

/// <summary>
/// Does one thing to several generations, each by the operation that does it to one. What cannot be done to some of them stops none of the others: it is
/// said which they are.
/// </summary>
public sealed class ChangeTogether(ChangeGeneration change, CountFaces faces, PurgeGeneration purge, KeepWork keep, CollectionQueries collections, CreateCollection create)
{
    /// <summary>How many are named of those that stayed as they were: the answer travels in a cookie.</summary>
    private const int Named = 6;

    /// <param name="items">Those of the form's ids that are the account's.</param>
    /// <returns>What came of it, in sentences.</returns>
    public async Task<Outcome<string>> Run(Guid account, string action, BulkForm form, IReadOnlyList<GenerationView> items, CancellationToken cancel)
    {
        Guid? collection = null;
        if (action == BulkForm.Collect)
        {
            var into = await Into(account, form, cancel);
            if (into.Declined) return into.Refusal;
            collection = into.Value;
        }
        var (done, later, declined) = (0, 0, new List<(GenerationView Item, string Reason)>());
        foreach (var item in items)
        {
            var refusal = action switch
            {
                BulkForm.Publish => await Publish(account, item, form.Mature, cancel),
                BulkForm.Unpublish => await change.Run(account, item.Id, new(false, null, Visibility.Private), cancel),
                BulkForm.Purge => await purge.Run(account, item.Id, cancel),
                _ => await keep.Run(account, collection!.Value, item.Id, cancel),
            };
            if (refusal is not null) declined.Add((item, Reason(action, item, refusal)));
            else if (action == BulkForm.Publish && !GenerationStatus.Ended(item.Status)) later++;
            else done++;
        }
        return Say(action, done, later, declined, form.Ids.Count - items.Count);
    }

    private async Task<Refusal?> Publish(Guid account, GenerationView item, bool mature, CancellationToken cancel)
    {
        // Here nobody could say what becomes of each of them.
        if (item.Visibility == Visibility.Private && await faces.Run(account, item.Id, cancel) > 0) return Refusal.Conflict("there is a face in it, so it is published on its own page");
        // An empty box takes no label away: some of them may have theirs already.
        return await change.Run(account, item.Id, new(false, null, Visibility.Public, mature ? true : null), cancel);
    }

    private async Task<Outcome<Guid>> Into(Guid account, BulkForm form, CancellationToken cancel)
    {
        if (Guid.TryParse(form.Collection, out var existing))
            return (await collections.Find(existing, account, cancel))?.OwnerId == account ? existing : Refusal.Invalid("collection", "That collection is not there any more.");
        var name = form.CollectionName?.Trim() ?? "";
        if (name.Length is 0 or > 80 || name.Contains('\0', StringComparison.Ordinal)) return Refusal.Invalid("collectionName", name.Length > 80 ? "A name may have 80 characters at most." : "Choose a collection, or name a new one.");
        var made = await create.Run(account, new(name), cancel);
        return made.Declined ? Refusal.Invalid("collectionName", made.Refusal.Message) : made.Value.Id;
    }

    private static string Reason(string action, GenerationView item, Refusal refusal) => (action, item.Status) switch
    {
        (BulkForm.Publish, GenerationStatus.Failed) => "it failed, so there is nothing to publish",
        (BulkForm.Publish, GenerationStatus.Cancelled) => "it was cancelled, so there is nothing to publish",
        (BulkForm.Purge, GenerationStatus.Queued or GenerationStatus.Processing) => "it is still running: cancel it first",
        (BulkForm.Collect, not GenerationStatus.Completed) when refusal.Status == 404 => "it has nothing to show",
        _ => refusal.Message.TrimEnd('.'),
    };

    private static string Say(string action, int done, int later, List<(GenerationView Item, string Reason)> declined, int gone)
    {
        var did = action switch { BulkForm.Publish => "published", BulkForm.Unpublish => "withdrawn", BulkForm.Purge => "deleted", _ => "collected" };
        var sentences = new List<string>();
        if (done > 0 || (later == 0 && declined.Count == 0)) sentences.Add($"{done} {did}.");
        if (later > 0) sentences.Add(later == 1 ? "1 is still running and is published when it is done." : $"{later} are still running and are published when they are done.");
        sentences.AddRange(declined.Take(Named).Select(one => $"“{Words.Short(one.Item.Title ?? one.Item.Prompt ?? Words.Type(one.Item.Type), 40)}” was not {did}: {one.Reason}."));
        if (declined.Count > Named) sentences.Add($"Nor were {declined.Count - Named} others.");
        if (gone > 0) sentences.Add(gone == 1 ? "1 is not there any more." : $"{gone} are not there any more.");
        return string.Join(' ', sentences);
    }
}
