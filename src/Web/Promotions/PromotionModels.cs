using Rpd.Shared;
using Rpd.Shared.Promotions;

namespace Rpd.Web.Promotions;

/// <param name="Code">From the address, or as typed.</param>
public sealed record RedeemModel(string? Code, FormErrors Errors);

/// <param name="Link">The account's own, to be handed on.</param>
/// <param name="Open">False: nobody can sign up by themselves here, so a link brings nobody.</param>
/// <param name="On">False: nothing is given on this installation.</param>
/// <param name="InvitedCredits">For whoever comes by it.</param>
/// <param name="ReferrerCredits">For the account, once the other has spent <paramref name="AfterSpending"/> credits that were no gift.</param>
/// <param name="PerMonth">How many of them bring credits in a month.</param>
/// <param name="Joined">All who have proved their address.</param>
/// <param name="Credits">What they have brought so far.</param>
/// <param name="Newest">Of those.</param>
public sealed record ReferralsModel(
    string Link, bool Open, bool On, long InvitedCredits, long ReferrerCredits, long AfterSpending, int PerMonth, long Joined, long Credits, IReadOnlyList<ReferralView> Newest);
