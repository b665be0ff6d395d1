using System.Security.Cryptography;
using System.Text.Json;
using Rpd.Server.Audit;
using Rpd.Shared;
using Rpd.Shared.Promotions;

namespace Rpd.Server.Promotions;

/// <summary>What an administrator wants of a batch.</summary>
public sealed record NewBatch(string? Note, long? Codes, long? Credits, string? Bucket, long? UsesPerCode, long? Days);

/// <param name="Seed">All codes follow from it, and it is kept nowhere.</param>
public sealed record MadeBatch(Guid Id, byte[] Seed);

/// <summary>Makes a batch of codes.</summary>
public sealed class MakeCodes(AppDb db, CodeText text, RecordAudit audit, TimeProvider time)
{
    public const int CodesMax = 5000, UsesMax = 1_000_000, DaysMax = 3650;
    public const long CreditsMax = 1_000_000;

    /// <param name="wanted">With numbers in their bounds.</param>
    public async Task<Outcome<MadeBatch>> Run(Actor by, NewBatch wanted, CancellationToken cancel)
    {
        var wrong = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(wanted.Note)) wrong.Add(new("note", "Say what these codes are for."));
        if (wanted.Codes is null) wrong.Add(new("codes", "Say how many codes there shall be."));
        if (wanted.Credits is null) wrong.Add(new("credits", "Say how many credits a use is worth."));
        if (wrong.Count > 0) return Refusal.Invalid(wrong);
        var now = time.GetUtcNow();
        var batch = new CodeBatch
        {
            Id = Guid.CreateVersion7(now),
            Note = wanted.Note!.Trim(),
            Credits = wanted.Credits!.Value,
            Bucket = wanted.Bucket ?? CodeBuckets.Promo,
            Codes = (int)wanted.Codes!.Value,
            UsesPerCode = (int)(wanted.UsesPerCode ?? 1),
            ExpiresAt = wanted.Days is { } days ? now.AddDays(days) : null,
            CreatedAt = now,
        };
        var seed = RandomNumberGenerator.GetBytes(CodeText.SeedBytes);
        await audit.Add(by, "codes.batch", batch.Id.ToString(), before: null, JsonSerializer.Serialize(new { batch.Note, batch.Codes, batch.Credits, batch.Bucket, batch.UsesPerCode, batch.ExpiresAt }, JsonSerializerOptions.Web), cancel);
        db.Add(batch);
        foreach (var code in Enumerable.Range(0, batch.Codes).Select(number => CodeText.Of(seed, number)))
            db.Add(new RedeemCode { Id = Guid.CreateVersion7(now), BatchId = batch.Id, Hash = text.Hash(code), Last4 = code[^4..] });
        await db.SaveChangesAsync(cancel);
        return new MadeBatch(batch.Id, seed);
    }
}
