using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Http;
using Rpd.Shared;
using static Rpd.Server.OpenApi.Description;

namespace Rpd.Server.OpenApi;

/// <summary>Writes one operation, and into <paramref name="refusals"/> the error answers that it shares with others.</summary>
internal sealed class OperationWriter(DescribedEndpoint endpoint, Schemas schemas, SortedDictionary<string, JsonObject> refusals)
{
    public JsonObject Write()
    {
        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(Tags.Of(endpoint.Path).Name),
            ["operationId"] = OperationId(endpoint.Summary!.Title),
            ["summary"] = endpoint.Summary.Title,
        };
        if (Text() is { Length: > 0 } text) operation["description"] = text;
        if (Parameters().ToArray() is { Length: > 0 } parameters) operation["parameters"] = new JsonArray(parameters);
        if (endpoint.Takes is { } body) operation["requestBody"] = Body(body);
        operation["responses"] = Responses();
        operation["security"] = Security();
        return operation;
    }

    /// <summary><c>createGeneration</c> of "Create a generation".</summary>
    public static string OperationId(string summary)
    {
        var words = string.Concat(summary.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("a" or "an" or "the" or "your" or "of" or "s" or "for")).ToArray();
        return string.Concat(words.Select((word, i) => i == 0 ? word.ToLowerInvariant() : char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private string Text()
    {
        var scope = endpoint.Credentials?.Scope is { } name ? $"Needs the scope `{name}`." : null;
        return string.Join("\n\n", new[] { endpoint.Summary!.Text, scope }.Where(part => part is not null));
    }

    private IEnumerable<JsonNode> Parameters()
    {
        foreach (var (name, id) in endpoint.Parameters)
        {
            var said = endpoint.PathParts.FirstOrDefault(part => part.Name == name);
            var schema = schemas.Of(id ? typeof(Guid) : typeof(string));
            yield return new JsonObject
            {
                ["name"] = name,
                ["in"] = "path",
                ["required"] = true,
                ["description"] = said?.Text ?? $"The id of the {Tags.Of(endpoint.Path).Noun}.",
                ["schema"] = schema,
                ["example"] = said?.Example ?? Examples.Id,
            };
        }
        foreach (var property in endpoint.Filter is { } filter ? Schemas.Properties(filter) : [])
        {
            var schema = schemas.Of(property);
            var text = schema["description"]?.GetValue<string>();
            schema.Remove("description");
            var parameter = new JsonObject { ["name"] = Schemas.NameOf(property), ["in"] = "query" };
            if (text is not null) parameter["description"] = text;
            parameter["schema"] = WithoutNull(schema);
            yield return parameter;
        }
        if (endpoint.Gives.Any(given => given.Envelope == Envelope.Page))
        {
            yield return Reference("parameters", "limit");
            yield return Reference("parameters", "cursor");
        }
        if (endpoint.Repeatable) yield return Reference("parameters", "idempotencyKey");
    }

    /// <summary>A parameter is there or not; it cannot be null.</summary>
    private static JsonObject WithoutNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types) schema["type"] = types[0]!.DeepClone();
        if (schema["enum"] is JsonArray words && words.IndexOf(null) is >= 0 and var at) words.RemoveAt(at);
        return schema;
    }

    private JsonObject Body(Taken body)
    {
        var content = Json(schemas.Of(body.Body), JsonNode.Parse(body.Example));
        foreach (var also in endpoint.TakesAlso) content[also] = new JsonObject { ["schema"] = schemas.Of(body.Body) };
        return new() { ["required"] = !body.Optional, ["content"] = content };
    }

    private JsonObject Responses()
    {
        var responses = new JsonObject();
        foreach (var given in endpoint.Gives)
            responses[Number(given.Status)] = new JsonObject { ["description"] = DocumentWords.Status(given.Status), ["headers"] = Headers(given.Status), ["content"] = Content(given) };
        foreach (var same in endpoint.Refusals.GroupBy(code => code.Status).OrderBy(same => same.Key)) responses[Number(same.Key)] = Refusal([.. same]);
        return responses;
    }

    private JsonObject Content(Given given)
    {
        var content = Json(Answer(given), AnswerExample(given));
        if (given == endpoint.Gives[0] && endpoint.GivesAlso is { } also)
            content[also.ContentType] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" }, ["example"] = also.Example };
        return content;
    }

    private JsonObject Answer(Given given)
    {
        var data = schemas.Of(given.Type);
        return given.Envelope switch
        {
            Envelope.None => data,
            Envelope.Data => Object(("success", True), ("data", data)),
            _ => Object(("success", True), ("data", new() { ["type"] = "array", ["items"] = data }), ("pagination", schemas.Of(typeof(ApiAnswers.Pagination)))),
        };
    }

    private static JsonNode? AnswerExample(Given given)
    {
        var data = Examples.Of(given.Type);
        if (given.Example is { } own && JsonNode.Parse(own) is { } members)
        {
            if (data is JsonObject made && members is JsonObject changed) foreach (var (name, value) in changed) made[name] = value?.DeepClone();
            else data = members;
        }
        return given.Envelope switch
        {
            Envelope.None => data,
            Envelope.Data => new JsonObject { ["success"] = true, ["data"] = data },
            _ => new JsonObject
            {
                ["success"] = true,
                ["data"] = new JsonArray(data),
                ["pagination"] = given.Envelope == Envelope.Page ? Examples.Of(typeof(ApiAnswers.Pagination)) : new JsonObject { ["nextCursor"] = null, ["hasMore"] = false },
            },
        };
    }

    /// <summary>Endpoints that refuse alike share one component.</summary>
    private JsonObject Refusal(IReadOnlyList<ErrorCode> codes)
    {
        var name = string.Join("Or", codes.Select(code => string.Concat(code.Code.Split('_').Select(word => word[0] + word[1..].ToLowerInvariant()))));
        if (endpoint.Words is { } words) name += words.Body.Name;
        refusals.TryAdd(name, new()
        {
            ["description"] = string.Join(" ", codes.Select(code => $"`{code.Code}`: {code.Meaning}")),
            ["headers"] = Headers(codes[0].Status),
            ["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject
                {
                    ["schema"] = schemas.Of(endpoint.Words?.Body ?? typeof(ApiAnswers.ErrorBody)),
                    ["examples"] = new JsonObject(codes.Select(Example).DistinctBy(example => example.Key)),
                },
            },
        });
        return Reference("responses", name);
    }

    private KeyValuePair<string, JsonNode?> Example(ErrorCode code)
    {
        var refusal = new Refusal(code.Code, code.Status, code.Message);
        var (name, body) = endpoint.Words is { } words ? (words.Name(refusal), JsonSerializer.SerializeToNode(words.Write(refusal), ApiAnswers.Json)) : (code.Code, DocumentWords.Error(code));
        return new(name, new JsonObject { ["summary"] = code.Meaning, ["value"] = body });
    }

    private JsonObject Headers(int status)
    {
        List<string> names = ["X-Request-Id"];
        if (endpoint.OfApi && status is < 300 or 401 or 429) names.AddRange(["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]);
        if (status is 409 or 429) names.Add("Retry-After");
        if (status == 201) names.Add("Location");
        if (status < 300 && endpoint.Repeatable) names.Add("Idempotent-Replayed");
        return new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Reference("headers", name))));
    }

    private JsonArray Security()
    {
        if (endpoint.Credentials is not { } rule) return [];
        var ways = new JsonArray(new JsonObject { ["apiKey"] = new JsonArray() }, new JsonObject { ["bearer"] = new JsonArray() });
        if (rule.Optional) ways.Add((JsonNode)new JsonObject());
        return ways;
    }

    private static JsonObject True => new() { ["type"] = "boolean", ["const"] = true };

    private static JsonObject Json(JsonObject schema, JsonNode? example) => new() { ["application/json"] = new JsonObject { ["schema"] = schema, ["example"] = example } };

    private static JsonObject Object(params (string Name, JsonObject Schema)[] members) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray([.. members.Select(member => JsonValue.Create(member.Name))]),
        ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema))),
    };

    private static JsonObject Reference(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);
}
