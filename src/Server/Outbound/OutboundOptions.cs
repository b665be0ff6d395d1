using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Outbound;

/// <summary>Section <c>Outbound</c>: how far the server goes for addresses that users name.</summary>
public sealed record OutboundOptions : IValidatableObject
{
    /// <summary>
    /// Hosts that may be reached although they are private, on any port and without TLS: names, <c>name:port</c>, addresses or CIDR blocks, between
    /// commas. One text, because settings would add a list to its default.
    /// </summary>
    public string AllowedHosts { get; init; } = "";

    /// <summary>Ports that may be reached elsewhere, between commas.</summary>
    public string Ports { get; init; } = "80, 443, 8080, 8443";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => [
        .. Parts(AllowedHosts).Where(part => AllowedHost.Parse(part) is null).Select(part => new ValidationResult($"AllowedHosts holds \"{part}\", which is no host, host:port or CIDR block.")),
        .. Parts(Ports).Where(part => !ushort.TryParse(part, out var port) || port == 0).Select(part => new ValidationResult($"Ports holds \"{part}\", which is no port.")),
    ];

    internal static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
