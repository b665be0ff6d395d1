using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rpd.Server.Http;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.OpenApi;

/// <summary>The document against the server: what it says is so, and what is so it says.</summary>
public sealed class TruthTests(TestPostgres postgres)
{
    [Fact]
    public async Task Every_example_works_and_is_answered_as_described()
    {
        await using var world = await World.Start(postgres);
        var contract = world.Contract;
        var faults = new List<string>();
        // What deletes comes last.
        foreach (var operation in contract.Operations.OrderBy(operation => operation.Method == "DELETE"))
        {
            var answer = await world.Call(operation, operation.Example);
            if (operation.NeedsOthers && answer.Code == "PROVIDER_UNAVAILABLE" && contract.Response(operation, 503) is not null) continue;
            if ((int)answer.Status != operation.Success)
            {
                faults.Add($"{operation} answered {answer.Status} {answer.Body?.ToJsonString()}");
                continue;
            }
            var described = contract.Response(operation, operation.Success)!;
            faults.AddRange(contract.Faults(described["content"]!["application/json"]!["schema"]!, answer.Body, operation.ToString()));
            // A replay is marked; a first answer is not.
            faults.AddRange(described["headers"]!.AsObject().Select(header => header.Key).Where(header => header != "Idempotent-Replayed" && !answer.Headers.ContainsKey(header)).Select(header => $"{operation} has no {header}"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_field_that_a_handler_asks_for_is_described()
    {
        await using var world = await World.Start(postgres);
        var faults = new HashSet<string>();
        var heard = 0;
        foreach (var operation in world.Contract.Operations.OrderBy(operation => operation.Method == "DELETE"))
        {
            var body = world.Contract.BodySchema(operation);
            var query = world.Contract.Parameters(operation, "query").Select(parameter => parameter["name"]!.ToString()).ToHashSet();
            Fields.Heard.Value = name =>
            {
                Interlocked.Increment(ref heard);
                if (query.Contains(name) || (body is not null && world.Contract.Describes(body, Regex.Replace(name, @"\[\d+\]", "[]")))) return;
                lock (faults) faults.Add($"{operation} asks for {name}");
            };
            await world.Call(operation, operation.Example);
        }
        Fields.Heard.Value = null;

        Assert.True(heard > 50, "Nothing was heard: the listener does not reach the handlers.");
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_field_that_is_described_is_read_and_its_limits_are_kept()
    {
        await using var world = await World.Start(postgres);
        var faults = new List<string>();
        foreach (var operation in world.Contract.Operations)
        {
            if (world.Contract.BodySchema(operation) is not { } schema) continue;
            foreach (var (path, member) in world.Contract.Members(schema))
                foreach (var wrong in Wrong(member))
                {
                    var answer = await world.Call(operation, With(operation.Example!, path, wrong));
                    var named = path.Replace("[]", "[0]", StringComparison.Ordinal);
                    if (answer is { Status: HttpStatusCode.BadRequest, Code: "VALIDATION_ERROR" or "invalid_request_error" } && answer.Fields.Any(field => field == named || named.StartsWith(field + ".", StringComparison.Ordinal) && field.Length > 0 || field.StartsWith(named, StringComparison.Ordinal))) continue;
                    faults.Add($"{operation} takes {Short(wrong)} as {path}: {(int)answer.Status} {string.Join(",", answer.Fields)}");
                }
            foreach (var required in schema["required"]?.AsArray() ?? [])
            {
                var without = operation.Example!.DeepClone().AsObject();
                without.Remove(required!.ToString());
                var answer = await world.Call(operation, without);
                if (answer.Status != HttpStatusCode.BadRequest || !answer.Fields.Contains(required.ToString())) faults.Add($"{operation} does without {required}: {(int)answer.Status}");
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_query_parameter_is_read_and_its_words_are_kept()
    {
        await using var world = await World.Start(postgres);
        var faults = new List<string>();
        foreach (var operation in world.Contract.Operations)
            foreach (var parameter in world.Contract.Parameters(operation, "query"))
            {
                var schema = world.Contract.Plain(parameter["schema"]!);
                var name = parameter["name"]!.ToString();
                foreach (var wrong in WrongText(schema))
                {
                    var answer = await world.Call(operation, operation.Example, $"?{name}={Uri.EscapeDataString(wrong)}");
                    if (answer.Status != HttpStatusCode.BadRequest || !answer.Fields.Contains(name)) faults.Add($"{operation} takes {wrong} as {name}: {(int)answer.Status}");
                }
            }

        Assert.Empty(faults);
    }

    /// <summary>Values that the schema forbids: of another type, and just beyond each limit.</summary>
    internal static IEnumerable<JsonNode> Wrong(JsonObject schema)
    {
        // What may be anything has words for what it may be.
        if (schema.All(member => member.Key is "description")) yield break;
        var kind = (schema["type"] as JsonArray)?[0]?.ToString() ?? schema["type"]?.ToString() ?? "object";
        yield return kind == "string" ? 7 : "x";
        yield return kind == "object" ? new JsonArray() : new JsonObject();
        if (kind == "array") yield return new JsonArray(7);
        if (kind == "string" && (schema["enum"] is not null || schema["format"] is not null)) yield return "no such";
        if (schema["items"]?["enum"] is not null) yield return new JsonArray("no such");
        if (schema["maxLength"] is { } length) yield return new string('x', length.GetValue<int>() + 1);
        if (schema["maxItems"] is { } most) yield return new JsonArray([.. Enumerable.Repeat("x", most.GetValue<int>() + 1).Select(word => JsonValue.Create(word))]);
        if (schema["minimum"] is { } min) yield return min.GetValue<decimal>() - (kind == "integer" ? 1 : 0.01m);
        if (schema["maximum"] is { } max) yield return max.GetValue<decimal>() + 1;
        if (kind == "integer") yield return (schema["minimum"]?.GetValue<decimal>() ?? 0) + 0.5m;
    }

    private static IEnumerable<string> WrongText(JsonObject schema)
    {
        var kind = (schema["type"] as JsonArray)?[0]?.ToString() ?? schema["type"]!.ToString();
        if (kind is "integer" or "number" or "boolean" || schema["enum"] is not null || schema["format"] is not null) yield return "no such";
        if (schema["maximum"] is { } max) yield return (max.GetValue<decimal>() + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (schema["maxLength"] is { } length) yield return new string('x', length.GetValue<int>() + 1);
    }

    /// <summary>A copy of the example with one member changed; what it lies in is made when it is not there.</summary>
    internal static JsonObject With(JsonObject example, string path, JsonNode value)
    {
        var changed = example.DeepClone().AsObject();
        var at = changed;
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            var name = step.Split('[')[0];
            if (step.EndsWith(']'))
            {
                if (at[name] is not JsonArray list) at[name] = list = [];
                if (list.Count == 0) list.Add((JsonNode)new JsonObject());
                at = list[0]!.AsObject();
            }
            else
            {
                if (at[name] is not JsonObject inner) at[name] = inner = [];
                at = inner;
            }
        }
        at[steps[^1]] = value.DeepClone();
        return changed;
    }

    private static string Short(JsonNode value) => value.ToJsonString() is var text ? text[..Math.Min(40, text.Length)] : "";
}
