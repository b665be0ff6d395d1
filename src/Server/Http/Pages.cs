using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Rpd.Server.Accounts;
using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>
/// Pages are endpoints that answer with a component and its model. The group holds what every one of them needs: the token is checked on each
/// unsafe method, and HEAD answers like GET.
/// </summary>
public static class Pages
{
    private const string TurboStream = "text/vnd.turbo-stream.html";

    public static IServiceCollection AddPages(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton(new PublicAddress(settings));
        services.AddChecked<PageOptions>(settings, "Pages");
        services.AddHttpContextAccessor();
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<PublicAddress>((options, address) =>
        {
            options.Cookie.Name = address.CookieName("rpd-form");
            options.Cookie.SecurePolicy = address.Secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.Path = "/";
        });
        services.AddSingleton<Flash>();
        services.AddScoped<ViewerContext>();
        services.AddCascadingValue(provider => new Site(provider.GetRequiredService<PublicAddress>().Base));
        services.AddCascadingValue<Viewer?>(provider => provider.GetRequiredService<ViewerContext>().Viewer);
        return services;
    }

    /// <summary>Status and error pages stay outside this group: a filter makes the framework skip handlers once the status is 400 or more.</summary>
    public static RouteGroupBuilder MapPages(this IEndpointRouteBuilder app)
    {
        var address = app.ServiceProvider.GetRequiredService<PublicAddress>();
        if (!address.Secure)
        {
            app.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Rpd.Pages")
                .LogWarning("PublicUrl is {PublicUrl}: over plain http, cookies are not protected on their way. Use https for anything but this machine", address.Base);
        }
        var pages = app.MapGroup("").WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription().DisableValidation().AddEndpointFilter(Limit).AddEndpointFilter(RequireToken);
        ((IEndpointConventionBuilder)pages).Finally(AnswerHead);
        return pages;
    }

    /// <summary>The component gets <paramref name="model"/> as its <c>Model</c>; the viewer is cascaded.</summary>
    public static IResult Page<T>(object model, int status = 200) where T : IComponent => new PageResult<T>(model, status);

    /// <summary>Changes to the page that is open, instead of another page.</summary>
    public static IResult Streams<T>(object model, int status = 200) where T : IComponent => new PageResult<T>(model, status, TurboStream + "; charset=utf-8");

    /// <summary>Whether the browser can take <see cref="Streams{T}"/> as the answer to its form.</summary>
    public static bool TakesStreams(HttpRequest request) => request.Headers.Accept.ToString().Contains(TurboStream, StringComparison.Ordinal);

    /// <summary>303: the browser goes on with a GET, and a reload does not post again.</summary>
    public static IResult See(string url) => new SeeResult(url);

    /// <summary>What a page's form answers when it was declined: 429 with its wait, else 422 with the messages beside the fields.</summary>
    public static int StatusOf(Refusal refusal) => refusal.Status == StatusCodes.Status429TooManyRequests ? refusal.Status : StatusCodes.Status422UnprocessableEntity;

    /// <summary>Only a path of our own: <c>//host</c> and <c>/\host</c> would lead elsewhere. And only what a header can carry: a browser escapes the rest.</summary>
    public static string Local(string? url, string otherwise) =>
        url is ['/', ..] && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal) && url.All(letter => letter is > ' ' and < '\x7f')
            ? url : otherwise;

    /// <summary>The page of ours that this request came from; null when there was none, or it does not say.</summary>
    public static string? ReferringPage(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var from) && from.Authority == request.Host.Value && Local(from.PathAndQuery, "") is { Length: > 0 } page ? page : null;

    // Pages from the output cache never come here.
    private static async ValueTask<object?> Limit(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var admission = http.RequestServices.GetRequiredService<RateLimits>().TakePage(http.User.SessionId(), http.Connection.RemoteIpAddress);
        if (admission.Admitted) return await next(context);
        RateLimits.Write(http.Response, admission);
        return Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    private static async ValueTask<object?> RequireToken(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE") return await next(context);
        // The middleware looks at POST, PUT and PATCH only.
        var valid = http.Features.Get<IAntiforgeryValidationFeature>()?.IsValid
            ?? await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
        if (!valid) return Results.StatusCode(StatusCodes.Status400BadRequest);
        return http.Request.HasFormContentType ? await next(context) : Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
    }

    private static void AnswerHead(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is not { } methods || !methods.HttpMethods.Contains("GET")) return;
        endpoint.Metadata.Add(new HttpMethodMetadata([.. methods.HttpMethods, "HEAD"]));
    }
}

/// <summary>Section <c>Pages</c>.</summary>
public sealed record PageOptions
{
    /// <summary>Pages that may be drawn a minute for one session, or for one address without a session. Cached ones do not count.</summary>
    [Range(1, 10_000_000)]
    public int PerMinute { get; init; } = 600;
}
