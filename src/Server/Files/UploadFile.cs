using System.Globalization;
using Rpd.Server.Media;
using Rpd.Server.Plans;
using Rpd.Shared;
using Rpd.Shared.Files;

namespace Rpd.Server.Files;

/// <summary>
/// A file that comes with a page's form: asks for room, takes the bytes and confirms them, which a program does in three calls. What is refused leaves
/// nothing behind.
/// </summary>
public sealed class UploadFile(RequestUpload request, TakeUpload take, ConfirmUpload confirm, DeleteFile delete)
{
    /// <summary>A form is read whole before it is handled; what is larger comes through the API, as a stream.</summary>
    public const long PageBytesMax = 100_000_000;

    /// <summary>The largest file that a page takes from somebody with this plan.</summary>
    public static long Most(Plan plan) => Math.Min(plan.UploadBytesMax, PageBytesMax);

    /// <param name="type">As the browser says; the bytes must bear it out.</param>
    public async Task<Outcome<FileView>> Run(Guid account, Plan plan, string name, string? type, long bytes, Stream content, CancellationToken cancel)
    {
        if (MediaTypes.Canonical(type ?? "") is null) return Refusal.Invalid("file", "Files of this kind are not taken.");
        if (bytes == 0) return Refusal.Invalid("file", "The file is empty.");
        if (bytes > Most(plan)) return Refusal.Invalid("file", string.Create(CultureInfo.InvariantCulture, $"A file may have {Most(plan) / 1e6:0.#} MB here on the plan {plan.Name}; this one has {bytes / 1e6:0.#} MB."));
        var wish = new NewUpload(Called(name), type!.Trim().ToLowerInvariant(), bytes, bytes);
        var room = await request.Run(account, plan, wish, cancel);
        if (room.Declined) return room.Refusal;
        var kept = false;
        try
        {
            if (await take.Run(room.Value.FileId, wish.ContentType, bytes, content, cancel) is { } refusal) return refusal;
            var confirmed = await confirm.Run(account, room.Value.FileId, cancel);
            kept = !confirmed.Declined;
            return confirmed;
        }
        finally
        {
            if (!kept) await delete.Run(account, room.Value.FileId, onlyPending: true, CancellationToken.None);
        }
    }

    // Some browsers send a whole path. It is only shown, never one of ours.
    private static string Called(string name)
    {
        var last = string.Concat(name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(letter => !char.IsControl(letter))).Trim();
        return last.Length == 0 ? "file" : last.Length > 255 ? last[^255..] : last;
    }
}
