using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Operator;
using Rpd.Server.Tests.Accounts;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.Tests.ApiKeys;

/// <summary>An account and calls with its keys.</summary>
internal sealed class KeyUser(AccountsHost host, Guid account, string manager)
{
    public const string Password = "a quiet river bends";

    public Guid Account => account;

    public string Manager => manager;

    /// <param name="admin">Gives the first key the scope <c>admin</c> as well.</param>
    public static async Task<KeyUser> Add(AccountsHost host, string email = "ada@example.org", bool admin = false)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var added = await ActivatorUtilities.CreateInstance<AddUser>(scope.ServiceProvider)
            .Run(new(email, Password, "free", 0, admin, WithKey: true), default);
        return new(host, added.Value!.AccountId, added.Value.ApiKey!);
    }

    public async Task<(int Status, JsonElement Body)> Call(string key, HttpMethod method, string path, object? body = null, string address = "198.51.100.7", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key.Length > 0) request.Headers.Add("X-API-KEY", key);
        request.Headers.TryAddWithoutValidation("X-Test-Address", address);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = JsonContent.Create(body, options: JsonSerializerOptions.Web);
        var client = host.Open(address).Http;
        client.DefaultRequestHeaders.Clear();
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public async Task<int> Status(string key, string address = "198.51.100.7") => (await Call(key, HttpMethod.Get, "/v1/test/read", address: address)).Status;

    public async Task<string> Message(string key, string address = "198.51.100.7") =>
        (await Call(key, HttpMethod.Get, "/v1/test/read", address: address)).Body.GetProperty("error").GetProperty("message").GetString()!;

    public async Task<(Guid Id, string Secret)> Create(object body, string? by = null)
    {
        var (status, answer) = await Call(by ?? manager, HttpMethod.Post, "/v1/keys", body);
        Assert.True(status == 201, answer.ToString());
        var data = answer.GetProperty("data");
        return (data.GetProperty("id").GetGuid(), data.GetProperty("secret").GetString()!);
    }

    public Task<(Guid Id, string Secret)> Reader() => Create(new { name = "reader", scopes = new[] { Scopes.Read } });
}
