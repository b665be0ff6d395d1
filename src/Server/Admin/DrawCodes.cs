using Rpd.Server.Http;
using Rpd.Server.Promotions;
using Rpd.Shared;
using Rpd.Web.Admin;

namespace Rpd.Server.Admin;

/// <summary>Draws the page of codes in any of its states.</summary>
public sealed class DrawCodes(PromotionQueries promotions, CodeText text, Cursors cursors)
{
    private const int PageSize = 50;

    /// <param name="typed">The fields of a form that was refused.</param>
    /// <param name="made">Batch and seed, when it has just been made.</param>
    public async Task<IResult> Show(HttpContext http, IReadOnlyDictionary<string, string>? typed = null, FormErrors? errors = null, string? made = null, string? said = null, int status = 200)
    {
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = string.IsNullOrEmpty(cursor) || cursors.Read(PromotionQueries.ListName, cursor) is not { } position ? (Guid?)null : Guid.Parse(position);
        http.Response.Headers.CacheControl = "no-store";
        var fresh = made?.Split(' ') is [var id, var seed] && await Codes(Guid.Parse(id), seed, http.RequestAborted) is var (batch, codes) ? new MadeCodes(batch.Id, batch.Note, seed, codes) : null;
        return Pages.Page<AdminCodesPage>(new AdminCodesModel(await promotions.Batches(before, PageSize, http.RequestAborted), before is null ? null : cursor,
            typed ?? new Dictionary<string, string>(), errors ?? FormErrors.None, fresh, said), status);
    }

    /// <returns>Null when the seed is not this batch's.</returns>
    public async Task<(CodeBatch Batch, IReadOnlyList<string> Codes)?> Codes(Guid id, string seed, CancellationToken cancel)
    {
        if (seed.Length != CodeText.SeedBytes * 2 || !seed.All(char.IsAsciiHexDigit)) return null;
        var bytes = Convert.FromHexString(seed);
        return await promotions.OfSeed(id, text.Hash(CodeText.Of(bytes, 0)), cancel) is { } batch ? (batch, [.. Enumerable.Range(0, batch.Codes).Select(number => CodeText.Of(bytes, number))]) : null;
    }
}
