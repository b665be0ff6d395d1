using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Rpd.Web.Status;

namespace Rpd.Server.Http;

/// <summary>Errors in the design of the pages. These endpoints stay outside the pages' group: its filter would skip them once the status is 400 or more.</summary>
public static class StatusPages
{
    public static void UseStatusPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            StatusCodeSelector = fault => fault is BadHttpRequestException bad ? bad.StatusCode : fault is InvalidDataException ? 413 : 500,
        });
        app.UseStatusCodePagesWithReExecute("/status/{0}");
    }

    public static void MapStatusPages(this WebApplication app)
    {
        app.Map("/status/{code:int}", (int code, HttpContext http) =>
            http.Features.Get<IStatusCodeReExecuteFeature>() is null ? Results.NotFound() : Draw(code, http)).DisableValidation().ExcludeFromDescription();
        app.Map("/error", (HttpContext http) =>
            http.Features.Get<IExceptionHandlerFeature>() is null ? Draw(404, http) : Draw(http.Response.StatusCode, http)).DisableValidation().ExcludeFromDescription();
    }

    private static IResult Draw(int code, HttpContext http) => Pages.Page<StatusPage>(new StatusModel(code is >= 400 and <= 599 ? code : 404, http.RequestId(),
        int.TryParse(http.Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null), code is >= 400 and <= 599 ? code : 404);
}
