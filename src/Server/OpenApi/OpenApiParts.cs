using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Rpd.Server.Http;

namespace Rpd.Server.OpenApi;

/// <summary>The description of the native face, served at <c>/openapi.json</c> and the source of the documentation's pages.</summary>
public static class OpenApiParts
{
    public static IServiceCollection AddOpenApi(this IServiceCollection services) => services.AddSingleton<Published>();

    public static void MapOpenApi(this IEndpointRouteBuilder app) =>
        app.MapMethods("/openapi.json", ["GET", "HEAD"], (HttpContext http, Published published) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=300";
            // Tools in other pages read it; there is nothing secret in it and no cookie counts.
            http.Response.Headers.AccessControlAllowOrigin = "*";
            return Results.Bytes(published.Bytes, "application/json; charset=utf-8", entityTag: published.Tag);
        }).DisableValidation();

    /// <summary>Made once, at the first request: by then every endpoint is mapped.</summary>
    public sealed class Published
    {
        private readonly Lazy<Reference> reference;
        private readonly Lazy<(JsonObject Document, byte[] Bytes, EntityTagHeaderValue Tag)> made;

        public Published(EndpointDataSource endpoints, PublicAddress address)
        {
            made = new(() =>
            {
                var version = typeof(Published).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
                var document = new ApiDocument([.. endpoints.Endpoints.OfType<RouteEndpoint>()], address.Base, version).Build();
                var bytes = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(document, ApiAnswers.Json);
                return (document, bytes, new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\""));
            });
            reference = new(() => new(Document));
        }

        public JsonObject Document => made.Value.Document;

        public Reference Reference => reference.Value;

        public byte[] Bytes => made.Value.Bytes;

        public EntityTagHeaderValue Tag => made.Value.Tag;
    }
}
