using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.Faces.Rapyd;

/// <summary>
/// The face of RAPYD.AI: tokens of an hour for an e-mail address and a password, analysis of texts and pictures with an <c>ACCOUNT-ID</c>. It only translates: how
/// its clients write requests, and the <c>{meta,result}</c> around answers. Errors are the native face's.
/// </summary>
public static class RapydFace
{
    public const string Name = "rapyd";

    // One of its published samples leaves the dash out.
    private static readonly string[] AccountHeaders = ["ACCOUNT-ID", "ACCOUNTID"];

    public static IServiceCollection AddRapydFace(this IServiceCollection services) =>
        services.AddSingleton(new Face(Name, ["/v1/user", "/v1/nlp", "/v1/vision"], ApiAnswers.Native.Refuse));

    public static void MapRapydFace(this IEndpointRouteBuilder app)
    {
        var face = app.MapFace(Api.Prefix).LimitedByPlan();
        face.MapTokenApi();
        var analysis = face.MapGroup("").Needs(Scopes.Analyze).AddEndpointFilter(NeedsAccount);
        analysis.MapNlpApi();
        analysis.MapVisionApi();
    }

    /// <summary>With a user's token the account must be named beside it, as that service asks for both.</summary>
    private static async ValueTask<object?> NeedsAccount(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var credential = http.Credential();
        var named = AccountHeaders.Select(header => http.Request.Headers[header].ToString().Trim()).Where(value => value.Length > 0).ToArray();
        if (named.Length == 0 && credential.TokenId is not null) return ApiAnswers.Refuse(Refusal.Unauthorized("Send the account's id as ACCOUNT-ID beside the token."));
        return named.All(value => Guid.TryParse(value, out var account) && account == credential.AccountId) ? await next(context)
            : ApiAnswers.Refuse(Refusal.Unauthorized("ACCOUNT-ID does not name the account of this credential."));
    }
}
