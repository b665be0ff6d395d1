using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Tests.Recognition;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.Raypack;

/// <summary>
/// A server on a port, and beside it another one that plays the rest of the world: the host of pictures, and Clarifai, who names things.
/// </summary>
public sealed class RaypackApp(TestPostgres postgres) : SharedApp(postgres)
{
    private LocalServer? world;

    public LocalServer World => world!;

    public string Address => App.ClientOptions.BaseAddress.ToString().TrimEnd('/');

    /// <summary>What Clarifai was sent, newest last.</summary>
    public ConcurrentQueue<(string Path, string Credential, string Body)> Asked { get; } = new();

    protected override async Task<App> Start(TestPostgres on)
    {
        world = await LocalServer.Start(Answer);
        var app = await App.Start(on, ("PORT", "0"), ("Outbound:AllowedHosts", "127.0.0.1"), ("Recognition:BytesMax", "2000000"), ("Recognition:FetchSeconds", "2"),
            ("Recognition:General:Provider", "clarifai"), ("Recognition:General:ApiKey", "secret-of-the-house"), ("Recognition:General:BaseUrl", world.Address("/clarifai").ToString()));
        app.UseKestrel(0);
        app.StartServer();
        return app;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await world!.DisposeAsync();
    }

    private async Task Answer(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/astronaut.png":
                await http.Response.Body.WriteAsync(TestPictures.Astronaut);
                return;
            case "/there":
                http.Response.Redirect("/astronaut.png");
                return;
            case "/inside":
                http.Response.Redirect($"http://127.0.0.2:{World.Port}/astronaut.png");
                return;
            case "/page.jpg":
                http.Response.ContentType = "image/jpeg";
                await http.Response.WriteAsync("<!doctype html><title>No picture</title>");
                return;
            case "/endless":
                while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(new byte[64 * 1024], http.RequestAborted);
                return;
            case "/slow":
                await Task.Delay(TimeSpan.FromSeconds(60), http.RequestAborted);
                return;
            case var path when path!.StartsWith("/clarifai/", StringComparison.Ordinal):
                await Clarifai(http, path);
                return;
            default:
                http.Response.StatusCode = 404;
                return;
        }
    }

    private async Task Clarifai(HttpContext http, string path)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        Asked.Enqueue((path, http.Request.Headers.Authorization.ToString(), body));
        // The seed's own answer, and something of which it is less sure.
        await http.Response.WriteAsync(body.Contains("\"language\":\"en\"", StringComparison.Ordinal)
            ? """{"status":{"code":10000},"outputs":[{"data":{"concepts":[{"name":"pasta","value":1.0},{"name":"sauce","value":0.9750155},{"name":"table","value":0.5}]}}]}"""
            : """{"status":{"code":10000},"outputs":[{"data":{"concepts":[{"name":"Nudeln","value":1.0},{"name":"Soße","value":0.9750155}]}}]}""");
    }
}
