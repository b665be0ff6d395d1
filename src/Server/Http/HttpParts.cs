using System.IO.Compression;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Rpd.Server.Http;

/// <summary>The web platform: limits, cursors, idempotency, compression, proxies.</summary>
public static class HttpParts
{
    public static IServiceCollection AddHttp(this IServiceCollection services)
    {
        services.AddCors();
        services.AddSingleton(ApiAnswers.Native).AddSingleton<FaceList>();
        services.AddSingleton<RateLimits>().AddSingleton<Cursors>().AddSingleton<Idempotency>();
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Nothing on these endpoints is larger than a batch; uploads go to their own addresses.
            kestrel.Limits.MaxRequestBodySize = JsonBody.BatchBytesMax;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        return services.AddResponseCompression(compression => compression.EnableForHttps = true);
    }

    /// <summary>
    /// <c>X-Forwarded-For</c> and <c>-Proto</c> count only from the proxies named in <c>Proxies:Trusted</c> (addresses or CIDR blocks): from anybody else
    /// they are a claim. The chain is followed for as long as it leads through trusted ones, however many those blocks hold.
    /// </summary>
    public static void UseProxies(this WebApplication app)
    {
        var trusted = app.Configuration.GetSection("Proxies:Trusted").Get<string[]>() ?? [];
        if (trusted.Length == 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var block in trusted)
        {
            var whole = block.Contains('/', StringComparison.Ordinal) ? block : $"{block}/{(block.Contains(':', StringComparison.Ordinal) ? 128 : 32)}";
            if (!System.Net.IPNetwork.TryParse(whole, out var network)) throw new CannotStart($"Proxies:Trusted holds \"{block}\", which is no address or CIDR block.");
            options.KnownIPNetworks.Add(network);
        }
        app.UseForwardedHeaders(options);
    }

    /// <summary>
    /// With an https <c>PublicUrl</c>, an API call over plain http is refused (a redirect would hide that the key has crossed the wire in clear);
    /// pages are led to https. Health checks come from inside and may stay plain.
    /// </summary>
    public static void UseHttpsRule(this WebApplication app)
    {
        var address = app.Services.GetRequiredService<PublicAddress>();
        if (!address.Secure) return;
        app.Use(async (http, next) =>
        {
            if (http.Request.IsHttps || http.Request.Path.StartsWithSegments("/health")) await next(http);
            else if (http.Face() is not null)
                await ApiAnswers.Refuse(Rpd.Shared.Refusal.Forbidden($"Use https: {address.Base}{http.Request.Path}. A key that was sent over http should be rotated.")).ExecuteAsync(http);
            else
            {
                http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
                http.Response.Headers.Location = address.Base + http.Request.Path + http.Request.QueryString;
            }
        });
    }
}
