using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Admin;

/// <summary>Section <c>Administration</c>.</summary>
public sealed record AdminOptions
{
    /// <summary>How long a code or a passkey that was shown opens the administrators' pages, in hours; after it, it is asked for again.</summary>
    [Range(1, 8760)]
    public int SecondFactorHours { get; init; } = 12;
}
