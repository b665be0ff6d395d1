using System.Diagnostics;
using Rpd.Server.Audit;
using Rpd.Server.Http;
using Rpd.Server.Providers.Vendors;
using Rpd.Web.Admin;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

/// <summary>How the providers are, a call that costs nothing, and the way back for one that is held back.</summary>
public static class ProviderPages
{
    private const string Home = "/admin/providers";

    // Somebody waits before a page.
    private const int TestSeconds = 15;

    public static void MapProviderPages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/providers", async (HttpContext http, ProviderQueries providers, Flash flash) => Page<ProvidersPage>(new ProvidersModel(await providers.All(http.RequestAborted), flash.Take(http, ReasonedForm.Said))));
        admin.MapPost("/providers/{name}/test", Test);
        admin.MapPost("/providers/{name}/close", Close);
        admin.MapGet("/providers/{name}/test", (string name) => See(Home));
        admin.MapGet("/providers/{name}/close", (string name) => See(Home));
    }

    private static async Task<IResult> Test(string name, HttpContext http, VendorList vendors, VendorRuns runs, Flash flash)
    {
        if (vendors.Find(name) is not { } vendor) return Results.NotFound();
        if (vendor.Missing(vendors.Access(name), "") is { } missing)
        {
            flash.Give(http, ReasonedForm.Said, $"{name} was not called. {missing}");
            return See(Home);
        }
        var began = Stopwatch.GetTimestamp();
        var trouble = await runs.Try(vendor, vendors.Access(name) with { CallSeconds = TestSeconds }, http.RequestAborted);
        var took = (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        flash.Give(http, ReasonedForm.Said, trouble is null ? $"{name} has answered within {took} ms, and takes the credentials." : $"{name}, after {took} ms: {trouble}");
        return See(Home);
    }

    private static async Task<IResult> Close(string name, HttpContext http, VendorList vendors, VendorHttp calls, ProviderQueries providers, AppDb db, RecordAudit audit, Flash flash)
    {
        if (vendors.Find(name) is null) return Results.NotFound();
        var form = await ReasonedForm.Read(http);
        if (form.Fields.Refusal is { } wrong) return Page<ProvidersPage>(new ProvidersModel(await providers.All(http.RequestAborted), null) { Refused = form.Refused($"close-{name}", wrong) }, StatusOf(wrong));
        var before = calls.Down(name);
        await audit.Add(form.By, "provider.close", name, RecordAudit.Json(new { heldBack = before }), RecordAudit.Json(new { heldBack = false, reason = form.Reason }), http.RequestAborted);
        await db.SaveChangesAsync(http.RequestAborted);
        await calls.Close(name);
        flash.Give(http, ReasonedForm.Said, $"{name} is called again.");
        return See(Home);
    }
}
