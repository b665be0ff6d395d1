using System.Text.Json.Nodes;
using Rpd.Server.Http;
using static Rpd.Server.OpenApi.Description;

namespace Rpd.Server.OpenApi;

/// <summary>
/// OpenAPI 3.1, made from the endpoints themselves: what they are mapped with, and what <see cref="Description"/> says about them. No generator reads
/// handlers that take an <see cref="HttpContext"/>, so the framework's own could describe neither bodies nor errors here.
/// </summary>
public sealed class ApiDocument(IReadOnlyList<RouteEndpoint> endpoints, string serverUrl, string version)
{
    private readonly Schemas schemas = new(new XmlDocs(typeof(Rpd.Shared.Refusal).Assembly));
    private readonly SortedDictionary<string, JsonObject> refusals = new(StringComparer.Ordinal);

    public JsonObject Build()
    {
        var paths = Paths();
        schemas.Of(typeof(ApiAnswers.ErrorBody));
        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "RPD Create API", ["version"] = version, ["description"] = DocumentWords.Introduction },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = serverUrl }),
            ["tags"] = new JsonArray([.. Tags.All.Where(Used).Select(tag => new JsonObject { ["name"] = tag.Name, ["x-displayName"] = tag.Title, ["description"] = tag.Text })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.All,
                ["parameters"] = DocumentWords.Parameters,
                ["headers"] = DocumentWords.Headers,
                ["responses"] = new JsonObject(refusals.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
                ["securitySchemes"] = DocumentWords.SecuritySchemes,
            },
        };

        bool Used(Tag tag) => paths.Any(path => Tags.Of(path.Key) == tag);
    }

    private JsonObject Paths()
    {
        var paths = new JsonObject();
        foreach (var endpoint in endpoints.Select(route => new DescribedEndpoint(route)).Where(endpoint => endpoint.Summary is not null).OrderBy(endpoint => Order(endpoint.Path)))
        {
            if (paths[endpoint.Path] is not JsonObject path) paths[endpoint.Path] = path = [];
            path[endpoint.Method.ToLowerInvariant()] = new OperationWriter(endpoint, schemas, refusals).Write();
        }
        return paths;
    }

    private static int Order(string path) => Tags.All.Index().First(entry => entry.Item == Tags.Of(path)).Index;
}
