using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
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

    /// <summary>All that is wrong with the settings, before the host would log it with a stack trace.</summary>
    public static void CheckSettings(this WebApplication app) => app.Services.GetService<IStartupValidator>()?.Validate();

    public static void AnnounceAddress(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var publicly = DataFolder.Setting(app.Configuration, "PublicUrl") is null ? "" : $" ({app.Services.GetRequiredService<PublicAddress>().Base} for the public)";
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
