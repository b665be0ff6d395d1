using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Rpd.Server.Accounts;

namespace Rpd.Server.Http;

/// <summary>Loads the viewer when a page is really drawn, after whatever the request changed, then renders the component.</summary>
internal sealed class PageResult<T>(object model, int status, string? contentType = null) : IResult, IStatusCodeHttpResult where T : IComponent
{
    public int? StatusCode => status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await httpContext.RequestServices.GetRequiredService<ViewerContext>().Load(httpContext);
        // An invitation to the framework's own page script, which is not here.
        httpContext.Response.OnStarting(() =>
        {
            httpContext.Response.Headers.Remove("blazor-enhanced-nav");
            return Task.CompletedTask;
        });
        var page = new RazorComponentResult<T>(new Dictionary<string, object?> { ["Model"] = model })
        {
            StatusCode = status,
            ContentType = contentType,
            PreventStreamingRendering = true,
        };
        await page.ExecuteAsync(httpContext);
    }
}

internal sealed class SeeResult(string url) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status303SeeOther;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        return Task.CompletedTask;
    }
}
