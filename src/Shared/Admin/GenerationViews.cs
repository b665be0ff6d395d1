using System.ComponentModel.DataAnnotations;
using Rpd.Shared.Generations;

namespace Rpd.Shared.Admin;

/// <summary>Which generations of everybody to list; everything that is given must fit.</summary>
/// <param name="Id">How the id begins, four letters at least.</param>
/// <param name="Account">Whose they are.</param>
/// <param name="ErrorCode">Why they failed: <c>provider_timeout</c>.</param>
/// <param name="From">Ordered at this time or later.</param>
/// <param name="To">Ordered before this time.</param>
/// <param name="Test">True: those of test keys, which cost nothing.</param>
public sealed record AdminGenerationFilter(
    [property: StringLength(36)] string? Id = null, Guid? Account = null, [property: OneOf(typeof(GenerationStatus))] string? Status = null,
    [property: StringLength(200)] string? Provider = null, [property: StringLength(200)] string? Model = null, [property: OneOf(typeof(GenerationTypes))] string? Type = null,
    [property: StringLength(100)] string? ErrorCode = null, DateTimeOffset? From = null, DateTimeOffset? To = null, bool Test = false);

/// <summary>A generation as administrators list it.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="Handle">Theirs.</param>
/// <param name="ErrorCode">Why it failed; null when it has not.</param>
/// <param name="CreditsRefunded">Given back so far, of the cost.</param>
public sealed record AdminGenerationSummary(
    Guid Id, Guid AccountId, string Handle, [property: OneOf(typeof(GenerationTypes))] string Type, string Provider, string Model, [property: OneOf(typeof(GenerationStatus))] string Status,
    string? ErrorCode, long CreditsCost, long CreditsRefunded, DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt);

/// <summary>One try at a vendor, as the vendor told of it.</summary>
/// <param name="State"><c>sending</c>, <c>unknown</c>, <c>taken</c>, <c>made</c> or <c>failed</c>.</param>
/// <param name="Detail">The vendor's own words.</param>
public sealed record SubmissionView(int Part, int Try, string Provider, string Model, string State, string? UpstreamId, string? Fault, string? Detail, DateTimeOffset CreatedAt);

/// <summary>What administrators see of a generation beside what its owner sees.</summary>
/// <param name="Face">Where it came in: <c>native</c>, <c>pages</c>, …</param>
/// <param name="Job">Its job, while it has one.</param>
/// <param name="Captured">Credits that it has cost so far: what can still be given back.</param>
/// <param name="Refunded">An administrator has given some back already.</param>
public sealed record AdminGenerationView(
    AdminGenerationSummary Summary, GenerationView Generation, string Face, Guid? ApiKeyId, bool Test, JobView? Job, IReadOnlyList<SubmissionView> Submissions, long Captured, bool Refunded);
