using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Accounts;

namespace Rpd.Server.Tests.Support;

/// <summary>Somebody signed in with a browser: it keeps cookies and stays where it is on a redirect.</summary>
public sealed partial class PageVisitor(HttpClient http)
{
    private const string Password = "a quiet river bends";

    public static async Task<PageVisitor> SignIn(App app, Guid account)
    {
        using var scope = app.Services.CreateScope();
        var hash = await scope.ServiceProvider.GetRequiredService<Passwords>().Hash(Password, CancellationToken.None);
        var accounts = scope.ServiceProvider.GetRequiredService<AppDb>().Accounts.Where(row => row.Id == account);
        await accounts.ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, hash));
        var visitor = new PageVisitor(app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = app.ClientOptions.BaseAddress }));
        await visitor.Post("/sign-in", "/sign-in", ("email", (await accounts.SingleAsync()).Email!), ("password", Password));
        return visitor;
    }

    /// <summary>An administrator who has shown a second factor in this session, as administration needs it.</summary>
    public static async Task<PageVisitor> Administer(App app, Guid account)
    {
        var visitor = await SignIn(app, account);
        await app.Execute("update accounts set two_factor_enabled = true where id = $1", account);
        await app.Execute("update sessions set second_factor_at = $2 where account_id = $1", account, app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        app.Services.GetRequiredService<Sessions>().ForgetAll();
        return visitor;
    }

    public async Task<HttpResponseMessage> Get(string path, string? frame = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (frame is not null) request.Headers.Add("Turbo-Frame", frame);
        return await http.SendAsync(request);
    }

    public Task<string> Read(string path) => http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <param name="page">Where the form stands, with its token.</param>
    public async Task<HttpResponseMessage> Post(string page, string path, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await Read(page)).Groups[1].Value;
        return await http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]));
    }

    /// <summary>A form of some other site: with the cookies, and without the token.</summary>
    public Task<HttpResponseMessage> PostBare(string path, params (string Name, string Value)[] fields) =>
        http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]));

    /// <summary>As a script would: the token of the page in a header.</summary>
    public Task<HttpResponseMessage> Send(string page, string path, HttpContent? body, bool streams = false) => Open(page, path, body, streams ? "text/vnd.turbo-stream.html" : null);

    /// <summary>The same, for an answer of which one reads as much as one likes.</summary>
    public async Task<HttpResponseMessage> Open(string page, string path, HttpContent? body, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        if (accept is not null) request.Headers.Add("Accept", accept);
        request.Headers.Add("RequestVerificationToken", Token().Match(await Read(page)).Groups[1].Value);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>As another site would: with the cookies and without a token.</summary>
    public Task<HttpResponseMessage> SendPlain(string path, HttpContent body) => http.PostAsync(new Uri(path, UriKind.Relative), body);

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
