using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Promotions;

namespace Rpd.Server.Promotions;

public static class PromotionsApi
{
    /// <param name="api">The native face's group.</param>
    public static void MapPromotionsApi(this IEndpointRouteBuilder api) => api.MapPost("/credits/redeem", async (HttpContext http, Redeem redeem) =>
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var code = fields.Text("code", 40, required: true);
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var done = await redeem.Run(http.Credential().AccountId, code, http.Connection.RemoteIpAddress, http.RequestAborted);
        return done.Declined ? ApiAnswers.Refuse(done.Refusal) : ApiAnswers.Data(done.Value);
    }).Needs(Scopes.Billing)
        .Describe("Redeem a code", "Each account may use a code once. `404`: there is no such code; `409`: it has expired, is used up, was revoked, or was used by this account before.")
        .Takes<RedeemCodeBody>("""{"code":"K7QX-M2PD-9RTA"}""").Gives<RedeemedView>(example: """{"credits":100,"bucket":"promo","balance":599}""").Refuses("NOT_FOUND", "CONFLICT");
}
