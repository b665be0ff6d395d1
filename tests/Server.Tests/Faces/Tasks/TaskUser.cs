using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.Tasks;

/// <summary>A client of the tasks face: it knows a base address and a Bearer token.</summary>
public sealed class TaskUser(HttpClient http, string? authorization)
{
    public static TaskUser Of(App app, string key) => new(app.CreateClient(), $"Bearer {key}");

    public async Task<TaskAnswer> Post(string path, string body, string contentType = "application/json", string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/" + path) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await Send(request);
    }

    public Task<TaskAnswer> Post(string path, object body, string? idempotencyKey = null) => Post(path, JsonSerializer.Serialize(body), idempotencyKey: idempotencyKey);

    public Task<TaskAnswer> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, "/api/v1/" + path));

    /// <summary>Submits and gives the id.</summary>
    public async Task<string> Submit(string kind, object body)
    {
        var answer = await Post($"{kind}/generations", body);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body?.ToJsonString());
        return answer.Body!["task_id"]!.GetValue<string>();
    }

    /// <summary>Polls as the documentation asks, only oftener, until it has ended.</summary>
    public async Task<JsonNode> Ended(string task)
    {
        for (var turn = 0; turn < 200; turn++)
        {
            var answer = await Get($"tasks/{task}");
            if (answer.Status == HttpStatusCode.OK && answer.Body!["status"]!.GetValue<string>() != "processing") return answer.Body;
            await Task.Delay(150);
        }
        throw new TimeoutException($"{task} has not ended.");
    }

    private async Task<TaskAnswer> Send(HttpRequestMessage request)
    {
        using (request)
        {
            if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return new(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers.GetValues("X-Request-Id").Single(), response.Headers.RetryAfter?.Delta);
        }
    }
}

public sealed record TaskAnswer(HttpStatusCode Status, JsonNode? Body, string RequestId, TimeSpan? RetryAfter)
{
    /// <summary>Of an error in this face's envelope, with nothing beside it.</summary>
    public int Code
    {
        get
        {
            Assert.Equal(["error"], Body!.AsObject().Select(member => member.Key));
            Assert.Equal(["code", "message", "request_id"], Body["error"]!.AsObject().Select(member => member.Key));
            Assert.Equal(RequestId, Body["error"]!["request_id"]!.GetValue<string>());
            return Body["error"]!["code"]!.GetValue<int>();
        }
    }
}
