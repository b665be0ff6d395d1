using Microsoft.AspNetCore.OutputCaching;

namespace Rpd.Server.Http;

/// <summary>
/// Output caching for requests that carry neither a session nor a credential, and only of 200 answers that set no cookie. (The framework's default
/// asks whether the user is authenticated; here the mere presence of a session cookie is enough to stay away.)
/// </summary>
internal sealed class StrangersOnly(PublicAddress address) : IOutputCachePolicy
{
    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var stranger = request.Method is "GET" or "HEAD" && request.Headers.Authorization.Count == 0 && !request.Cookies.ContainsKey(address.CookieName("rpd"));
        context.EnableOutputCaching = true;
        context.AllowCacheLookup = context.AllowCacheStorage = stranger;
        // With it, who waits for a request that is cancelled is answered with an error. Drawing a page twice costs a few milliseconds.
        context.AllowLocking = false;
        context.CacheVaryByRules.QueryKeys = "*";
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != 200 || response.Headers.SetCookie.Count > 0) context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }
}
