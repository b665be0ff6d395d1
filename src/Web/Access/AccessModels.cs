using Rpd.Shared;
using Rpd.Shared.Access;

namespace Rpd.Web.Access;

public sealed record RequestAccessModel(AccessForm Form, FormErrors Errors);

/// <param name="Email">Whom the invitation is for: it cannot be changed.</param>
/// <param name="Token">Of the invitation's link.</param>
public sealed record InviteModel(string Email, string Token, FormErrors Errors);
