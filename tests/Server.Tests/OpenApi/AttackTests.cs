using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Rpd.Server.ApiKeys;
using Rpd.Server.OpenApi;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.OpenApi;

/// <summary>Everything that can be sent wrongly, to every endpoint of the description: the right code each time, in the face's own words, and never a fault of ours.</summary>
public sealed class AttackTests(TestPostgres postgres)
{
    private static readonly string Deep = string.Concat(Enumerable.Repeat("{\"a\":", 2000)) + "1" + new string('}', 2000);

    [Fact]
    public async Task No_body_is_so_bad_that_it_is_not_refused_in_words()
    {
        await using var attack = await Attack.Start(postgres);
        foreach (var operation in attack.Contract.Operations.Where(operation => operation.Example is not null))
        {
            var example = operation.Example!.ToJsonString();
            // Some take forms as well, or JSON that is called text.
            var takes = operation.Json["requestBody"]!["content"]!.AsObject();
            foreach (var body in new[] { "{", "[]", "\"text\"", "null", "7", "{\"a\":1}}", Deep, example[..^1] + ",}", "{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}" })
                await attack.Refused(operation, 400, "VALIDATION_ERROR", content: Json(body));
            await attack.Refused(operation, 400, "VALIDATION_ERROR", content: Bytes([.. "{\"a\":\""u8, 0xff, 0xfe, .. "\"}"u8]));
            await attack.Refused(operation, 413, "PAYLOAD_TOO_LARGE", content: Json($"{{\"a\":\"{new string('x', operation.Path == "/v1/chat/completions" ? Rpd.Server.Faces.OpenAi.ChatCompletions.BodyBytesMax : operation.Path == "/v1/batch" || takes.ContainsKey("multipart/form-data") ? Rpd.Server.Http.JsonBody.BatchBytesMax : 300_000)}\"}}"));
            if (!takes.ContainsKey("application/x-www-form-urlencoded")) await attack.Refused(operation, 415, "UNSUPPORTED_MEDIA_TYPE", content: new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded"));
            await attack.Refused(operation, 415, "UNSUPPORTED_MEDIA_TYPE", content: new StringContent(example, Encoding.UTF8, "application/xml"));
            if (takes.ContainsKey("text/plain")) continue;
            await attack.Refused(operation, 415, "UNSUPPORTED_MEDIA_TYPE", content: new StringContent(example, Encoding.UTF8, "text/plain"));
            if (operation.Json["requestBody"]!["required"]!.GetValue<bool>()) await attack.Refused(operation, 415, "UNSUPPORTED_MEDIA_TYPE", content: null);
        }
        attack.Over(operations: 25);
    }

    [Fact]
    public async Task Fields_that_nobody_knows_are_ignored()
    {
        await using var attack = await Attack.Start(postgres);
        foreach (var operation in attack.Contract.Operations.Where(operation => operation.Example is not null))
        {
            var more = operation.Example!.DeepClone().AsObject();
            foreach (var name in new[] { "unknown", "accountId", "isAdmin", "balance", "__proto__" }) more[name] = new JsonObject { ["deep"] = new JsonArray(1, "x", null) };
            await attack.Answered(operation, operation.Success, content: Json(more.ToJsonString()));
        }
        attack.Over(operations: 25);
    }

    [Fact]
    public async Task A_credential_that_does_not_count_is_refused_everywhere()
    {
        await using var attack = await Attack.Start(postgres);
        var app = attack.World.App;
        var key = attack.World.Caller.Key;
        var (revoked, expired, disabled, foreign) = (await app.Caller(), await app.Caller(), await app.Caller(), await app.Caller());
        await app.Execute("update api_keys set revoked_at = now() where account_id = $1", revoked.Account);
        await app.Execute("update api_keys set expires_at = now() - interval '1 minute' where account_id = $1", expired.Account);
        await app.Execute("update api_keys set disabled_at = now() where account_id = $1", disabled.Account);
        var powerless = await app.Caller();
        await app.Execute("update api_keys set scopes = '{}' where account_id = $1", powerless.Account);
        (string, string)[][] wrong =
        [
            [("X-API-KEY", "hello")], [("Authorization", "Basic dTpw")], [("Authorization", "Bearer")], [("Authorization", "Bearer x.y.z")],
            [("X-API-KEY", key[..^1] + (key[^1] == 'x' ? 'y' : 'x'))], [("X-API-KEY", KeyFormat.New(KeyFormat.Native).Reveal())], [("X-API-KEY", KeyFormat.New(KeyFormat.Test).Reveal())],
            [("X-API-KEY", revoked.Key)], [("X-API-KEY", expired.Key)], [("X-API-KEY", disabled.Key)], [("Authorization", "Bearer " + revoked.Key)],
            [("X-API-KEY", key), ("Authorization", "Bearer " + foreign.Key)], [("X-API-KEY", key), ("ACCOUNT-ID", foreign.Account.ToString())], [("X-API-KEY", key), ("ACCOUNT-ID", "x")],
        ];
        foreach (var operation in attack.Contract.Operations.Where(operation => operation.Json["security"]!.AsArray().Count > 0))
        {
            var optional = operation.Json["security"]!.AsArray().Any(way => way!.AsObject().Count == 0);
            if (!optional) await attack.Refused(operation, 401, "UNAUTHORIZED", content: attack.Body(operation), headers: []);
            // What OpenAI clients read too says it in their words to whoever comes as they do.
            var theirs = attack.Contract.Codes(operation).Contains("invalid_api_key");
            foreach (var headers in wrong)
                await attack.Refused(operation, 401, theirs && headers.Any(header => header.Item1 == "Authorization") ? "invalid_api_key" : "UNAUTHORIZED", content: attack.Body(operation), headers: headers);
            if (operation.Json["description"]!.ToString().Contains("Needs the scope", StringComparison.Ordinal))
                await attack.Refused(operation, 403, "FORBIDDEN", content: attack.Body(operation), headers: [("X-API-KEY", powerless.Key)]);
            foreach (var query in new[] { "?api_key=" + key, "?X-API-KEY=x", "?q=" + key })
                await attack.Refused(operation, 400, "VALIDATION_ERROR", query: query, content: attack.Body(operation));
        }
        attack.Over(operations: 60);
    }

    [Fact]
    public async Task What_belongs_to_somebody_else_is_not_there_and_neither_is_what_never_was()
    {
        await using var attack = await Attack.Start(postgres);
        var stranger = await attack.World.App.Caller(credits: 1000);
        foreach (var operation in attack.Contract.Operations.Where(operation => attack.Contract.Parameters(operation, "path").Count > 0))
        {
            var path = attack.World.PathOf(operation, mine: true);
            if (!World.Open(operation)) await attack.Refused(operation, 404, "NOT_FOUND", content: attack.Body(operation), path: path, headers: [("X-API-KEY", stranger.Key)]);
            foreach (var id in new[] { Guid.NewGuid().ToString(), Guid.Empty.ToString(), "nothing", "7", "..%2f..", "'%20or%201=1--", new string('9', 300) })
            {
                var start = operation.Path[..operation.Path.IndexOf('{', StringComparison.Ordinal)];
                var rest = operation.Path[(operation.Path.IndexOf('}', StringComparison.Ordinal) + 1)..];
                // What follows a first id that is nothing is nothing either.
                if (rest.Contains('{', StringComparison.Ordinal)) rest = rest.Replace(rest[rest.IndexOf('{', StringComparison.Ordinal)..(rest.IndexOf('}', StringComparison.Ordinal) + 1)], Guid.NewGuid().ToString(), StringComparison.Ordinal);
                await attack.NotThere(operation, start + id + rest);
            }
        }
        attack.Over(operations: 35);
    }

    [Fact]
    public async Task Cursors_and_limits_are_checked_in_every_list()
    {
        await using var attack = await Attack.Start(postgres);
        var cursors = new Dictionary<string, string>();
        var lists = attack.Contract.Operations.Where(operation => attack.Contract.Parameters(operation, "query").Any(parameter => parameter["name"]!.ToString() == "cursor")).ToArray();
        foreach (var operation in lists)
        {
            foreach (var limit in new[] { "0", "101", "-1", "x", "1e3", "99999999999999999999", "1;drop" }) await attack.Refused(operation, 400, "VALIDATION_ERROR", query: "?limit=" + Uri.EscapeDataString(limit));
            foreach (var cursor in new[] { "x", "AAAA", new string('A', 500), "' or 1=1", "%00" }) await attack.Refused(operation, 400, "VALIDATION_ERROR", query: "?cursor=" + Uri.EscapeDataString(cursor));
            var page = await attack.Answered(operation, 200, query: "?limit=1");
            if (page.Body?["pagination"]?["nextCursor"]?.ToString() is not { } next) continue;
            cursors[operation.Id] = next;
            await attack.Answered(operation, 200, query: "?limit=1&cursor=" + next);
            foreach (var at in new[] { 0, 5, next.Length - 1 })
                await attack.Refused(operation, 400, "VALIDATION_ERROR", query: "?cursor=" + next[..at] + (next[at] == 'B' ? 'C' : 'B') + next[(at + 1)..]);
        }
        foreach (var operation in lists)
            foreach (var (list, cursor) in cursors)
                if (list != operation.Id) await attack.Refused(operation, 400, "VALIDATION_ERROR", query: "?cursor=" + cursor);

        // The lists that have two items here.
        Assert.Empty(new[] { "listGenerations", "listTemplates", "listWebhooks", "listCollections", "listMovementsCredits", "browseGallery" }.Except(cursors.Keys));
        attack.Over(operations: 14);
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_have_is_refused_with_those_that_it_has()
    {
        await using var attack = await Attack.Start(postgres);
        foreach (var path in attack.Contract.Operations.Where(operation => operation.Path.StartsWith("/v1/", StringComparison.Ordinal)).GroupBy(operation => operation.Path))
            // Not GET: before it is published, the framework's fallback for static files takes that for itself.
            foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE" }.Except(path.Select(operation => operation.Method)))
                await attack.Refused(path.First() with { Method = method }, 405, "METHOD_NOT_ALLOWED", described: false);
        attack.Over(operations: 40);
    }

    [Fact]
    public async Task An_address_of_a_file_works_for_nobody_once_it_was_changed()
    {
        await using var world = await World.Start(postgres);
        var url = new Uri((await world.Caller.Get(world.PathOf(world.Contract.Operations.Single(operation => operation.Id == "getGeneration")))).Body.GetProperty("data").GetProperty("outputUrls")[0].GetString()!).PathAndQuery;
        var prolonged = url.Replace("?e=", "?e=9", StringComparison.Ordinal);

        Assert.NotEqual(url, prolonged);
        Assert.Equal(HttpStatusCode.OK, await Status(url));
        foreach (var wrong in new[] { prolonged, url[..^1] + (url[^1] == 'A' ? 'B' : 'A'), url.Replace("/0.", "/1.", StringComparison.Ordinal), url.Split('?')[0] }) Assert.Equal(HttpStatusCode.Forbidden, await Status(wrong));

        async Task<HttpStatusCode> Status(string address)
        {
            using var answer = await world.Caller.Http.GetAsync(new Uri(address, UriKind.Relative));
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task The_same_post_many_times_at_once_is_done_once_under_a_key_and_never_breaks_without()
    {
        await using var attack = await Attack.Start(postgres);
        foreach (var operation in attack.Contract.Operations.Where(operation => attack.Contract.Parameters(operation, "header").Any(parameter => parameter["name"]!.ToString() == "Idempotency-Key")))
        {
            var path = attack.World.PathOf(operation);
            var bare = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => attack.Send(operation, path, attack.Body(operation), attack.Own)));
            foreach (var answer in bare.Where(answer => (int)answer.Status != operation.Success)) attack.Check(operation, answer, "at once without a key");

            await attack.World.Anew(operation);
            (string, string)[] keyed = [.. attack.Own, ("Idempotency-Key", "same " + operation.Id)];
            var same = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => attack.Send(operation, path, attack.Body(operation), keyed)));
            if (same.Any(answer => attack.NotSetUp(operation, answer))) continue;
            var replay = await attack.Send(operation, path, attack.Body(operation), keyed);
            var done = same.Append(replay).Where(answer => (int)answer.Status == operation.Success).ToArray();
            foreach (var answer in same.Where(answer => (int)answer.Status != operation.Success)) attack.Check(operation, answer, "at once under a key", "IDEMPOTENCY_IN_PROGRESS");
            if (done.Count(answer => !answer.Headers.ContainsKey("Idempotent-Replayed")) != 1 || !replay.Headers.ContainsKey("Idempotent-Replayed")) attack.Fault($"{operation} was done {done.Count(answer => !answer.Headers.ContainsKey("Idempotent-Replayed"))} times under one key");
            if (done.Select(answer => WithoutSecret(answer.Body!)).Distinct().Count() != 1) attack.Fault($"{operation} has several answers under one key");
            if (operation.Example is not null) attack.Check(operation, await attack.Send(operation, path, Json("{\"other\":1}"), keyed), "another body under the same key", "IDEMPOTENCY_MISMATCH");
            attack.Check(operation, await attack.Send(operation, path, attack.Body(operation), [.. attack.Own, ("Idempotency-Key", new string('k', 256))]), "a long key", "VALIDATION_ERROR");
        }
        attack.Over(operations: 20);
    }

    /// <summary>A secret is shown once, so a repeated answer has none.</summary>
    private static string WithoutSecret(JsonNode body)
    {
        (body["data"] as JsonObject)?.Remove("secret");
        return body.ToJsonString();
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static ByteArrayContent Bytes(byte[] body) => new(body) { Headers = { ContentType = new("application/json") } };

    /// <summary>Sends, and judges what comes back.</summary>
    private sealed class Attack(World world, HttpClient http) : IAsyncDisposable
    {
        private readonly List<string> faults = [];
        private readonly ConcurrentDictionary<string, int> sent = new();

        public World World => world;

        public Contract Contract => world.Contract;

        public (string Name, string Value)[] Own => [("X-API-KEY", world.Caller.Key)];

        public static async Task<Attack> Start(TestPostgres postgres)
        {
            var world = await World.Start(postgres, new Elsewhere());
            return new(world, world.App.CreateClient(new() { AllowAutoRedirect = false }));
        }

        public HttpContent? Body(Operation operation) => operation.Example is { } example ? Json(example.ToJsonString()) : null;

        public async Task Refused(Operation operation, int status, string code, string? query = null, HttpContent? content = null, (string Name, string Value)[]? headers = null, string? path = null, bool described = true)
        {
            var answer = await Send(operation, (path ?? world.PathOf(operation)) + query, content, headers ?? Own);
            var what = $"{query} {string.Join(",", (headers ?? []).Select(header => header.Name + ":" + header.Value))} {content?.Headers.ContentType} {(content is null ? "" : Short(await content.ReadAsStringAsync()))}";
            if ((int)answer.Status != status) Fault($"{operation} answers {(int)answer.Status} {answer.Code} and not {status} to {what}");
            else if (described) Check(operation, answer, what, code);
            else faults.AddRange(Wrong(operation, answer).Select(fault => $"{operation}: {fault}"));
        }

        public async Task<Answer> Answered(Operation operation, int status, string? query = null, HttpContent? content = null)
        {
            var answer = await Send(operation, world.PathOf(operation) + query, content ?? Body(operation), Own);
            if ((int)answer.Status != status && !NotSetUp(operation, answer)) Fault($"{operation} answers {(int)answer.Status} {answer.Body?.ToJsonString()} to {query}");
            return answer;
        }

        /// <summary>An id that names nothing: 404, or 400 where ids have a form.</summary>
        public async Task NotThere(Operation operation, string path)
        {
            var answer = await Send(operation, path, Body(operation), Own);
            if ((int)answer.Status is not (404 or 400 or 405)) Fault($"{operation} answers {(int)answer.Status} to {path}");
            else faults.AddRange(Wrong(operation, answer).Select(fault => $"{operation} {path}: {fault}"));
        }

        /// <summary>In OpenAI's words.</summary>
        private static bool Talks(Operation operation) => operation.Path.StartsWith("/v1/chat/", StringComparison.Ordinal);

        private static string Named(Operation operation, string code) => !Talks(operation) ? code : code switch
        {
            "UNAUTHORIZED" => "invalid_api_key",
            "FORBIDDEN" => "permission_denied",
            "VALIDATION_ERROR" => "invalid_request_error",
            "RATE_LIMITED" => "rate_limit_exceeded",
            _ => code.ToLowerInvariant(),
        };

        public bool NotSetUp(Operation operation, Answer answer) => operation.NeedsOthers && answer.Code == "PROVIDER_UNAVAILABLE" && Contract.Codes(operation).Contains(answer.Code);

        /// <summary>A refusal that the description knows, in the envelope and with nothing of our insides.</summary>
        public void Check(Operation operation, Answer answer, string what, params string[] codes)
        {
            faults.AddRange(Wrong(operation, answer).Select(fault => $"{operation} to {what}: {fault}"));
            if (codes.Length > 0 && !codes.Any(code => Named(operation, code) == answer.Code)) Fault($"{operation} answers {(int)answer.Status} {answer.Code} and not {string.Join(",", codes)} to {what}");
            if (answer.Code is { } code && !Contract.Codes(operation).Contains(code)) Fault($"{operation} answers {code}, which it does not describe");
        }

        public void Fault(string text) => faults.Add(text);

        public async Task<Answer> Send(Operation operation, string path, HttpContent? content, (string Name, string Value)[] headers)
        {
            sent.AddOrUpdate(operation.Id, 1, (_, times) => times + 1);
            using var request = new HttpRequestMessage(new HttpMethod(operation.Method), new Uri(http.BaseAddress + path.TrimStart('/')));
            // What is sent again must be there again.
            if (content is not null)
            {
                request.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync());
                request.Content.Headers.ContentType = content.Headers.ContentType;
            }
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var json = response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : JsonValue.Create(text);
            return new(response.StatusCode, json, response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase));
        }

        /// <param name="operations">How many there are to be attacked, at least: a description that lost some would be attacked in vain.</param>
        public void Over(int operations)
        {
            Assert.True(sent.Count >= operations, $"{sent.Count} operations of {operations} were attacked.");
            Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct().Take(40)));
        }

        public ValueTask DisposeAsync()
        {
            http.Dispose();
            return world.DisposeAsync();
        }

        private IEnumerable<string> Wrong(Operation operation, Answer answer)
        {
            if (answer.Body is not JsonObject body)
            {
                yield return $"{(int)answer.Status} without a JSON body";
                yield break;
            }
            var text = body.ToJsonString();
            if ((int)answer.Status >= 500 && !NotSetUp(operation, answer)) yield return $"a fault of ours: {text}";
            if (text.Contains("   at ", StringComparison.Ordinal) || text.Contains("Exception", StringComparison.Ordinal) || text.Contains("Npgsql", StringComparison.Ordinal)) yield return $"shows our insides: {text}";
            if (!answer.Headers.ContainsKey("X-Request-Id")) yield return "has no request id";
            if ((int)answer.Status < 400) yield break;
            if (Talks(operation))
            {
                if (body.Count != 1 || body["error"] is not JsonObject said || !new[] { "message", "type", "param", "code" }.All(said.ContainsKey) || string.IsNullOrWhiteSpace(said["message"]!.GetValue<string>())) yield return $"not OpenAI's envelope: {text}";
                yield break;
            }
            if (!body.Select(member => member.Key).Order().SequenceEqual(["error", "success"]) || body["success"]!.GetValue<bool>()) yield return $"not the envelope: {text}";
            else if (body["error"] is not JsonObject error || !new[] { "code", "message", "details" }.All(error.ContainsKey)) yield return $"not the envelope: {text}";
            else if (ErrorCodes.All.FirstOrDefault(known => known.Code == answer.Code) is not { } code || code.Status != (int)answer.Status) yield return $"{answer.Code} with {(int)answer.Status}";
            else if (string.IsNullOrWhiteSpace(error["message"]!.GetValue<string>())) yield return "has no message";
            else if (error["details"] is JsonArray details && !details.All(detail => detail!["field"] is not null && detail["message"] is not null)) yield return $"details without field and message: {text}";
        }

        private static string Short(string text) => text[..Math.Min(60, text.Length)];
    }

    /// <summary>Each request comes from another address: refused credentials are limited by address, and this is not about limits.</summary>
    private sealed class Elsewhere : IStartupFilter
    {
        private int last;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(rest => http =>
            {
                var number = Interlocked.Increment(ref last);
                http.Connection.RemoteIpAddress = new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
                return rest(http);
            });
            next(app);
        };
    }
}
