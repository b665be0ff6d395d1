using System.Net;

namespace Rpd.Server.Tests.Accounts;

/// <summary>Posts forms as pages do: with the token that belongs to the browser and to whoever is signed in.</summary>
public sealed class Browser(HttpClient http)
{
    public HttpClient Http => http;

    public Task<HttpResponseMessage> Get(string path) => http.GetAsync(new Uri(path, UriKind.Relative));

    public async Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields)
    {
        var token = await http.GetStringAsync(new Uri("/test/token", UriKind.Relative));
        return await http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]));
    }

    public Task<HttpResponseMessage> SignUp(string email, string password) => Post("/sign-up", ("email", email), ("password", password));

    public Task<HttpResponseMessage> SignIn(string email, string password) => Post("/sign-in", ("email", email), ("password", password));

    public Task<string> Me() => http.GetStringAsync(new Uri("/test/me", UriKind.Relative));

    /// <summary>Sign-up, letter, link, sign-in.</summary>
    public async Task<string> Join(AccountsHost host, string email, string password)
    {
        Assert.Equal(HttpStatusCode.SeeOther, (await SignUp(email, password)).StatusCode);
        Assert.Equal("/confirm/done", (await Get(await host.Link(email))).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(email, password)).StatusCode);
        return await Me();
    }
}
