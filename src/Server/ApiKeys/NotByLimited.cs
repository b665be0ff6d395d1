using Rpd.Server.Http;
using Rpd.Shared;

namespace Rpd.Server.ApiKeys;

/// <summary>
/// What a key with a limit of its own must not do: it could lift the limit, make a key without one, or leave something behind that outlives it.
/// </summary>
public static class LimitedKeys
{
    /// <summary>Such keys may read here and change nothing.</summary>
    public static T NotByLimited<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.AddEndpointFilter(async (context, next) =>
        HttpMethods.IsGet(context.HttpContext.Request.Method) || !context.HttpContext.Credential().Limited ? await next(context) : Refused);

    /// <summary>Nor read: the answer is a secret.</summary>
    public static T SecretFromLimited<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.AddEndpointFilter(async (context, next) =>
        context.HttpContext.Credential().Limited ? Refused : await next(context));

    private static IResult Refused => ApiAnswers.Refuse(Refusal.Forbidden(
        "A test key, or one with a spending cap, an end or a list of addresses, can read this but not change it, and is shown no secret."));
}
