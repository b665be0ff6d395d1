using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Tests.Providers.Chat;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.OpenAi;

/// <summary>
/// A server on a port, with an upstream on this machine that serves <c>rapshee-1</c>, a model under the very name that it says itself, and one with tools; and with
/// another that is down.
/// </summary>
public sealed class TalkingWorld(TestPostgres postgres) : IAsyncLifetime
{
    public const string SameName = "gpt-6-luna-2031-01-01";

    private ChatServer? upstream;
    private App? app;

    public App App => app!;

    internal ChatServer Upstream => upstream!;

    public string Address => App.ClientOptions.BaseAddress.ToString().TrimEnd('/');

    public async ValueTask InitializeAsync()
    {
        upstream = await ChatServer.Start();
        upstream.Models = ["gpt-6-luna", "gpt-6-tools"];
        app = await App.Start(postgres,
            ("Chat:Upstreams:openai:BaseUrl", upstream.Address), ("Chat:Upstreams:openai:ApiKey", ChatServer.Key), ("Chat:Upstreams:openai:Models:rapshee-1", "gpt-6-luna"),
            ($"Chat:Upstreams:openai:Models:{SameName}", "gpt-6-luna"), ("Chat:Upstreams:openai:Models:with-tools", "gpt-6-tools"), ("Chat:Upstreams:openai:Models:gone", "gpt-gone"),
            ("Chat:Upstreams:broken:BaseUrl", "http://127.0.0.1:9/v1"), ("Chat:Upstreams:broken:Models:down", "any"),
            ($"Chat:Models:{SameName}:CreditsPer1kTokens", "2"), ("Chat:Models:with-tools:CreditsPer1kTokens", "2"), ("Chat:Models:down:CreditsPer1kTokens", "2"), ("Chat:Models:free:CreditsPer1kTokens", "0"),
            ("Chat:Upstreams:openai:Models:free", "gpt-6-luna"), ("Chat:Models:gone:CreditsPer1kTokens", "0.25"), ("Chat:Models:unserved:CreditsPer1kTokens", "1"), ("Chat:Models:priceless:DisplayName", "x"));
        app.UseKestrel(0);
        app.StartServer();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        if (upstream is not null)
        {
            await upstream.DisposeAsync();
            Assert.Empty(upstream.Faults);
        }
    }

    /// <summary>While it lives, the upstream answers in this way.</summary>
    public IDisposable Answering(RequestDelegate instead)
    {
        Upstream.Instead = instead;
        return new Normal(Upstream);
    }

    public static object Asking(object? more = null, string model = "rapshee-1", string text = "What is artificial intelligence?")
    {
        var body = JsonSerializer.SerializeToNode(new { model, messages = new[] { new { role = "user", content = text } } })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject()) body[name] = value?.DeepClone();
        return body;
    }

    /// <summary>An answer of which one reads as much as one likes.</summary>
    public async Task<HttpResponseMessage> Open(Caller caller, object body, CancellationToken cancel = default)
    {
        var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Post, Address + "/v1/chat/completions") { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.Key);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    /// <summary>Requests, failed ones, credits and tokens, as soon as that many requests are booked.</summary>
    public async Task<string> Booked(Caller caller, long requests)
    {
        for (var tries = 0; await App.Scalar<long>("select coalesce(sum(requests), 0)::bigint from usage_hours where account_id = $1", caller.Account) < requests; tries++)
        {
            Assert.True(tries < 300, "The calls were not booked.");
            await Task.Delay(50);
        }
        return await App.Scalar<string>("select concat_ws('/', sum(requests), sum(failed), sum(credits), sum(input_tokens), sum(output_tokens)) from usage_hours where account_id = $1", caller.Account);
    }

    private sealed class Normal(ChatServer server) : IDisposable
    {
        public void Dispose() => server.Instead = null;
    }
}
