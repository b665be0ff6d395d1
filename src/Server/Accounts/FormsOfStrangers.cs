using Microsoft.AspNetCore.Antiforgery;
using Rpd.Server.Http;

namespace Rpd.Server.Accounts;

/// <summary>
/// Forms for people who are not signed in. One that was left open while another tab signed in carries a stranger's token, which is refused: the page it
/// stands on leads on, as it does for everybody who is signed in. Nothing is done in the stranger's name.
/// </summary>
public static class FormsOfStrangers
{
    private sealed record Mark;

    public static TBuilder ForStrangers<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Mark());

    /// <summary>After the token was looked at: a handler that binds a form answers 400 before any filter.</summary>
    public static IApplicationBuilder UseFormsOfStrangers(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var refused = http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false };
        if (!refused || http.User.AccountId() is null || http.GetEndpoint()?.Metadata.GetMetadata<Mark>() is null) return next(http);
        return Pages.See(Pages.ReferringPage(http.Request) ?? http.Request.Path).ExecuteAsync(http);
    });
}
