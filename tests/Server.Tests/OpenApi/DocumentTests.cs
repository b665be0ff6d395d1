using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.OpenApi;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.OpenApi;

/// <summary>The document by itself: whole, valid, and served as tools expect it.</summary>
public sealed partial class DocumentTests(TestPostgres postgres, SharedScriptedApp scripted) : IClassFixture<SharedScriptedApp>
{
    [Fact]
    public async Task Every_endpoint_is_described_and_nothing_that_is_none()
    {
        var app = scripted.App;
        var contract = await Contract.Of(app.CreateClient());

        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(route => new DescribedEndpoint(route))
            .Where(endpoint => endpoint.OfApi || endpoint.Path.StartsWith("/health", StringComparison.Ordinal)).Select(endpoint => $"{endpoint.Method} {endpoint.Path}");

        Assert.Equal(routes.Order(StringComparer.Ordinal), contract.Operations.Select(operation => operation.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_has_its_own_id_a_text_and_an_example_that_its_schema_allows()
    {
        var app = scripted.App;
        var contract = await Contract.Of(app.CreateClient());

        Assert.Equal(contract.Operations.Count, contract.Operations.Select(operation => operation.Id).Distinct().Count());
        foreach (var operation in contract.Operations)
        {
            Assert.True(operation.Json["description"] is not null, $"{operation} has no text");
            if (contract.BodySchema(operation) is { } body) Assert.True(!contract.Faults(body, operation.Example).Any(), $"{operation}: {string.Join("; ", contract.Faults(body, operation.Example))}");
            foreach (var (status, response) in operation.Json["responses"]!.AsObject())
            {
                var content = contract.Resolve(response!)["content"]!["application/json"]!;
                var examples = content["example"] is { } one ? [one] : content["examples"]!.AsObject().Select(example => example.Value!["value"]);
                Assert.Empty(examples.SelectMany(example => contract.Faults(content["schema"]!, example, $"{operation} {status}")));
                Assert.All(examples, example => Assert.False(example!.ToJsonString().Contains($"\"{Examples.Missing}\"", StringComparison.Ordinal), $"{operation} {status} needs words in {nameof(Examples)}: {example.ToJsonString()}"));
            }
        }
    }

    [Fact]
    public async Task Every_field_says_what_it_is_unless_its_name_does()
    {
        var app = scripted.App;
        var schemas = (await Contract.Of(app.CreateClient())).Document["components"]!["schemas"]!.AsObject();

        Assert.All(schemas.Where(schema => schema.Key is not ("Error" or "ErrorPart" or "FieldError" or "Pagination")), schema => Assert.True(schema.Value!["description"] is not null, $"{schema.Key} has no comment"));
    }

    [Fact]
    public async Task It_is_served_to_everybody_with_a_tag_that_saves_the_second_reading()
    {
        var app = scripted.App;
        using var http = app.CreateClient();

        using var first = await http.GetAsync(new Uri("/openapi.json", UriKind.Relative));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi.json");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await http.SendAsync(again);

        Assert.Equal("application/json", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    /// <summary>Redocly's rules are the judge that others use.</summary>
    [Fact]
    public async Task A_linter_of_others_finds_nothing_to_say()
    {
        await using var app = await App.Scripted(postgres, ("PublicUrl", "http://create.example.org"));
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "openapi.json");
        await File.WriteAllTextAsync(file, await app.CreateClient().GetStringAsync(new Uri("/openapi.json", UriKind.Relative)));

        var (_, output) = await Judges.Run("redocly", "lint", file, "--config", Path.Combine(Source.Root, "tests/judges/redocly.yaml"), "--format", "json");

        var verdict = JsonNode.Parse(output)!;
        Assert.True(verdict["totals"]!["errors"]!.GetValue<int>() + verdict["totals"]!["warnings"]!.GetValue<int>() == 0, output);
    }

    /// <summary>A code that no list knows could not be described.</summary>
    [Fact]
    public void Every_code_in_the_source_stands_in_the_list()
    {
        var codes = Directory.EnumerateFiles(Path.Combine(Source.Root, "src/Server"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Code().Matches(File.ReadAllText(file))).Select(match => (Code: match.Groups[1].Value, Status: int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture))).Distinct().ToArray();

        Assert.True(codes.Length > 8);
        Assert.All(codes, code => Assert.Contains(ErrorCodes.All, known => known.Code == code.Code && known.Status == code.Status));
    }

    [GeneratedRegex(@"(?:new|Refusal)\(\s*""([A-Z_]{4,})"",\s*(\d{3})")]
    private static partial Regex Code();
}
