using Rpd.Shared;
using Rpd.Shared.Access;
using Rpd.Shared.Promotions;

namespace Rpd.Web.Admin;

/// <param name="SignUp">Who may open an account: <c>open</c>, <c>request</c> or <c>invite</c>.</param>
/// <param name="State">Which requests are shown.</param>
/// <param name="Cursor">Of this page; null for the newest.</param>
/// <param name="Refused">The form that was not taken; null when none was.</param>
/// <param name="Said">What the last form has done.</param>
public sealed record AdminAccessModel(string SignUp, string State, Page<AccessRequestView> Requests, string? Cursor, RefusedAccessForm? Refused, string? Said);

/// <param name="Request">Null: the form that invites.</param>
/// <param name="Typed">What stood in it.</param>
public sealed record RefusedAccessForm(Guid? Request, string? Typed, FormErrors Errors);

/// <param name="Cursor">Of this page; null for the newest.</param>
/// <param name="Typed">The fields of a form that was refused, as they came.</param>
/// <param name="Made">A batch that was just made, with its codes: shown once.</param>
/// <param name="Said">What the last form has done.</param>
public sealed record AdminCodesModel(Page<CodeBatchView> Batches, string? Cursor, IReadOnlyDictionary<string, string> Typed, FormErrors Errors, MadeCodes? Made, string? Said);

/// <param name="Seed">What the codes follow from.</param>
public sealed record MadeCodes(Guid Batch, string Note, string Seed, IReadOnlyList<string> Codes);
