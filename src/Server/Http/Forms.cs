using System.Diagnostics.CodeAnalysis;

namespace Rpd.Server.Http;

/// <summary>
/// Endpoints that read a form into a record. Generated code binds all other handlers; these the framework binds at run time, by an expression for each that is
/// compiled, which was the dearest part of a start. So each is compiled when its first form comes. What the endpoint says of itself, the token it needs and the
/// content it takes, is found at the start as ever, and so is a handler that cannot be bound.
/// </summary>
public static class Forms
{
    public static RouteHandlerBuilder MapForm(this IEndpointRouteBuilder pages, [StringSyntax("Route")] string pattern, Delegate handler) =>
        RouteHandlerServices.Map(pages, pattern, handler, [HttpMethods.Post], RequestDelegateFactory.InferMetadata, (bound, options, inferred) =>
        {
            var compiled = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(bound, options, inferred).RequestDelegate);
            return new(http => compiled.Value(http), inferred?.EndpointMetadata ?? []);
        });
}
