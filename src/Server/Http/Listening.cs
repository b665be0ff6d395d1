using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Rpd.Server.Database;

namespace Rpd.Server.Http;

/// <summary>Where the server listens and what it says when it does.</summary>
internal static class Listening
{
    public const int PortDefault = 5080;

    /// <summary><c>PORT</c> on every interface, unless <c>ASPNETCORE_URLS</c> (or <c>--urls</c>) names addresses of its own.</summary>
    public static void ListenOnPort(this WebApplicationBuilder builder)
    {
        if (DataFolder.Setting(builder.Configuration, "urls") is not null) return;
        var text = DataFolder.Setting(builder.Configuration, "PORT") ?? PortDefault.ToString(CultureInfo.InvariantCulture);
        if (!int.TryParse(text, CultureInfo.InvariantCulture, out var port) || port is < 0 or > 65535) throw new CannotStart($"PORT is \"{text}\"; it must be a number from 0 to 65535.");
        // Port 0 means any free one, which the system gives out per address and not for all of them.
        builder.WebHost.UseUrls(port == 0 ? "http://127.0.0.1:0" : $"http://*:{port}");
    }

    /// <summary>The address people type, without a slash at its end; null when the operator named none.</summary>
    public static Uri? PublicUrl(IConfiguration settings) => DataFolder.Setting(settings, "PublicUrl") switch
    {
        null => null,
        var text when Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" => url,
        var text => throw new CannotStart($"PublicUrl is \"{text}\"; it must be an address like https://create.example.org."),
    };

    public static void AnnounceAddress(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var publicly = PublicUrl(app.Configuration) is { } url ? $" ({url.OriginalString} for the public)" : "";
        // A test's in-memory server has no addresses, and nobody who reads.
        foreach (var address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            var readable = address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
            Console.WriteLine($"RPD Create is ready at {readable}{publicly}");
        }
    });

    /// <summary>Runs the host; a port that is taken is a sentence and not a stack trace.</summary>
    public static async Task Serve(this WebApplication app)
    {
        try
        {
            await app.RunAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new CannotStart($"{e.Message} Stop the program that listens there, or choose another PORT.", e);
        }
    }
}
