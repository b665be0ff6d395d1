using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Rpd.Bench.Chat;

/// <summary>What stands beside the server, each in a process of its own.</summary>
internal sealed class Peers : IDisposable
{
    private static readonly string Folder = Path.Combine(Installation.Root, "bench");
    private readonly List<Process> processes = [];

    /// <summary>This program in another role.</summary>
    /// <returns>Its address.</returns>
    public async Task<string> Start(params string[] role)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, role) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        processes.Add(process);
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{string.Join(' ', role)} has ended.");
    }

    /// <summary>@portkey-ai/gateway of npm, without its console.</summary>
    public async Task<string> StartPortkey()
    {
        var program = Path.Combine(Folder, "node_modules", "@portkey-ai", "gateway", "build", "start-server.js");
        if (!File.Exists(program)) await Installation.Run("npm", "ci", "--prefix", Folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        var port = FreePort();
        var start = new ProcessStartInfo("node", [program, "--headless", $"--port={port}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_ENV"] = "production";
        var process = Process.Start(start)!;
        processes.Add(process);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Wait.Until(() => Task.FromResult(Listens(port)), TimeSpan.FromMilliseconds(100), "Portkey");
        return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
    }

    /// <summary>A pass-through of Kestrel and HttpClient that asks nobody: <c>bench chat-bare {upstream}</c>.</summary>
    public static async Task Bare(string upstream)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null });
        await using var app = Upstream.Listen();
        app.Run(async http =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, upstream + http.Request.Path) { Content = new StreamContent(http.Request.Body) };
            request.Content.Headers.ContentLength = http.Request.ContentLength;
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(http.Request.ContentType!);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
            http.Response.StatusCode = (int)response.StatusCode;
            http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            http.Response.ContentLength = response.Content.Headers.ContentLength;
            await response.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        });
        await Serve(app);
    }

    /// <summary>Says its address and serves until its input ends.</summary>
    public static async Task Serve(WebApplication app)
    {
        await app.StartAsync();
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await Console.In.ReadToEndAsync();
    }

    public void Dispose()
    {
        foreach (var process in processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
