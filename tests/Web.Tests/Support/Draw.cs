using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using Rpd.Shared;
using Rpd.Web.Ui;

namespace Rpd.Web.Tests.Support;

/// <summary>Draws a component the way an endpoint does, without a server: a model, a viewer, nothing else.</summary>
public static class Draw
{
    public static Task<string> Html<T>(object model, Viewer? viewer = null) where T : IComponent => Html(typeof(T), model, viewer);

    /// <param name="path">Where the page stands, without the slash in front.</param>
    public static Task<string> Html(Type component, object model, Viewer? viewer = null, string path = "explore") =>
        Render(component, new() { ["Model"] = model }, viewer, path);

    public static async Task<IHtmlDocument> Page<T>(object model, Viewer? viewer = null) where T : IComponent => Parse(await Html<T>(model, viewer));

    public static async Task<IHtmlDocument> Part<T>(params (string Name, object? Value)[] parameters) where T : IComponent =>
        Parse(await Render(typeof(T), parameters.ToDictionary(p => p.Name, p => p.Value), null, "explore"));

    public static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static async Task<string> Render(Type component, Dictionary<string, object?> parameters, Viewer? viewer, string path)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<AssetUrls>()
            .AddScoped<AntiforgeryStateProvider, FixedToken>()
            .AddScoped<IJSRuntime, NoScripts>()
            .AddScoped<NavigationManager>(_ => new FixedAddress(path))
            .AddCascadingValue(_ => viewer!)
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        // The layout is applied as the endpoints apply it: around the page.
        var view = new Dictionary<string, object?>
        {
            [nameof(RouteView.RouteData)] = new RouteData(component, parameters),
        };
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<RouteView>(ParameterView.FromDictionary(view))).ToHtmlString());
    }

    private sealed class FixedToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("token-value", "__RequestVerificationToken");
    }

    /// <summary>The head outlet asks for one and does not use it in static rendering.</summary>
    private sealed class NoScripts : IJSRuntime
    {
        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => throw new NotSupportedException();

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => throw new NotSupportedException();
    }

    private sealed class FixedAddress : NavigationManager
    {
        public FixedAddress(string path) => Initialize("https://create.example/", "https://create.example/" + path);
    }
}
