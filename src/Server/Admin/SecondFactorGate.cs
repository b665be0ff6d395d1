using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Web.Admin;

namespace Rpd.Server.Admin;

/// <summary>
/// A password alone opens nothing of administration: the account must have a second factor, and this session must have shown it not too long ago. For
/// everybody who is no administrator the pages are not there.
/// </summary>
public sealed class SecondFactorGate(AppDb db, AdminOptions options, TimeProvider time)
{
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.User.IsAdmin()) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        var missing = await http.RequestServices.GetRequiredService<SecondFactorGate>().Missing(http);
        return missing is null ? await next(context) : Pages.Page<SecondFactorPage>(missing, StatusCodes.Status403Forbidden);
    }

    /// <returns>Null when nothing is.</returns>
    private async Task<SecondFactorModel?> Missing(HttpContext http)
    {
        var account = http.User.AccountId()!.Value;
        var has = await db.Accounts.Where(row => row.Id == account)
            .Select(row => new { Authenticator = row.TwoFactorEnabled, Passkey = db.Passkeys.Any(passkey => passkey.AccountId == account) }).SingleAsync(http.RequestAborted);
        if ((has.Authenticator || has.Passkey) && http.User.SecondFactorAt() > time.GetUtcNow().AddHours(-options.SecondFactorHours)) return null;
        var request = http.Request;
        var back = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? request.Path + request.QueryString : Pages.ReferringPage(request);
        return new(has.Authenticator, has.Passkey, Pages.Local(back, "/admin"));
    }
}
