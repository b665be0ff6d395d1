using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Recognition;

/// <summary>Section <c>Recognition</c>: what is found in pictures by this server itself.</summary>
public sealed record RecognitionOptions
{
    /// <summary>Pictures that are looked at beside each other, each by a process of its own; 0: as many as there are processors.</summary>
    [Range(0, 64)]
    public int Workers { get; init; }

    /// <summary>Address space of one such process. Needs some 700 for itself, and 20 for each megapixel of a picture.</summary>
    [Range(512, 65_536)]
    public int MemoryMegabytes { get; init; } = 2048;

    /// <summary>For one picture; a process that takes longer is stopped.</summary>
    [Range(1, 600)]
    public int PictureSeconds { get; init; } = 15;

    /// <summary>Requests that may wait for a process; more are told to come again.</summary>
    [Range(1, 10_000)]
    public int WaitingMax { get; init; } = 100;

    /// <summary>Of a picture's file.</summary>
    [Range(1024, 500_000_000)]
    public int BytesMax { get; init; } = 25_000_000;

    [Range(1, 100)]
    public int MegapixelsMax { get; init; } = 50;

    /// <summary>For a picture that is fetched from an address.</summary>
    [Range(1, 300)]
    public int FetchSeconds { get; init; } = 20;

    /// <summary>The interpreter that Debian's <c>python3-opencv</c> belongs to; another one on PATH would not have it.</summary>
    [Required]
    public string Python { get; init; } = "/usr/bin/python3";

    /// <summary>Where <c>opencv-data</c> lays what its detectors have learned.</summary>
    [Required]
    public string Cascades { get; init; } = "/usr/share/opencv4/haarcascades";

    internal int WorkersAtOnce => Workers > 0 ? Workers : Environment.ProcessorCount;
}
