using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Web.UserTokens;

/// <param name="Created">The token just made, with its secret: shown once.</param>
/// <param name="BaseAddress">Scheme and host without a slash at the end, for the example.</param>
/// <param name="Now">What is left of a token counts from here until a script goes on counting.</param>
public sealed record TokensModel(
    Guid AccountId, IReadOnlyList<UserTokenView> Tokens, UserTokenForm Form, FormErrors Errors, UserTokenView? Created, string BaseAddress, DateTimeOffset Now);
