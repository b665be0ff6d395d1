using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Accounts;
using Rpd.Server.Accounts.TwoFactor;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.Rapyd;

/// <summary>A server that listens on a port, so that the programs of this face's page can be run against it.</summary>
public sealed class RapydApp(TestPostgres postgres) : SharedApp(postgres)
{
    public string Address => App.ClientOptions.BaseAddress.ToString().TrimEnd('/');

    protected override async Task<App> Start(TestPostgres on)
    {
        var app = await App.Start(on, ("Accounts:SignInFailuresPerNetwork", "100000"), ("Plans:business:GeneralPerMinute", "1000000"));
        app.UseKestrel(0);
        app.StartServer();
        return app;
    }

    /// <summary>Somebody who signs in by password.</summary>
    public async Task<Member> Member(string password = "a quiet river bends", long credits = 100)
    {
        var caller = await App.Caller(credits);
        using var scope = App.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var hash = await App.Services.GetRequiredService<Passwords>().Hash(password, CancellationToken.None);
        await db.Accounts.Where(row => row.Id == caller.Account).ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, hash));
        return new(caller, await db.Accounts.Where(row => row.Id == caller.Account).Select(row => row.Email!).SingleAsync(), password);
    }

    /// <returns>The secret of an authenticator app that the account asks for from now on.</returns>
    public async Task<byte[]> ProtectByCode(Member member)
    {
        byte[] secret = [.. Enumerable.Range(1, 20).Select(number => (byte)number)];
        using var scope = App.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        db.Authenticators.Add(new Authenticator { AccountId = member.Caller.Account, SealedSecret = App.Services.GetRequiredService<AuthenticatorSecrets>().Seal(member.Caller.Account, secret), CreatedAt = DateTimeOffset.UtcNow });
        await db.SaveChangesAsync();
        await db.Accounts.Where(row => row.Id == member.Caller.Account).ExecuteUpdateAsync(set => set.SetProperty(row => row.TwoFactorEnabled, true));
        return secret;
    }

    /// <summary>A POST of exactly these bytes, with these lines among its headers; two of one name stay two.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> Post(string path, string body, params string[] headers) => await Post(path, Encoding.UTF8.GetBytes(body), headers);

    public async Task<(HttpStatusCode Status, JsonElement Body)> Post(string path, byte[] body, params string[] headers)
    {
        var address = new Uri(Address);
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\nContent-Length: {body.Length}\r\n{string.Concat(headers.Select(line => line + "\r\n"))}\r\n"));
        await stream.WriteAsync(body);
        using var reader = new MemoryStream();
        await stream.CopyToAsync(reader);
        var answer = Encoding.UTF8.GetString(reader.ToArray());
        var json = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        return ((HttpStatusCode)int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), JsonElement.Parse(json[json.IndexOf('{', StringComparison.Ordinal)..(json.LastIndexOf('}') + 1)]));
    }

    /// <summary>What a shell makes of a command.</summary>
    public static async Task<JsonElement> Shell(string command)
    {
        var (exitCode, output, errors) = await ChildProcess.Run(new ProcessStartInfo("bash", ["-c", command]));
        Assert.True(exitCode == 0, errors);
        return JsonElement.Parse(output);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> Send(string path, HttpContent content, string credential, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        // What is too large is refused before it is sent, and not while it is: the server hangs up then, and whoever still writes may never read why.
        request.Headers.ExpectContinue = true;
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>What the account has once everything is booked.</summary>
    public Task<long> Balance(Caller caller) => App.Booked(caller);
}

/// <summary>Somebody with a password.</summary>
public sealed record Member(Caller Caller, string Email, string Password);
