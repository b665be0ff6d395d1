using System.Globalization;
using Rpd.Shared.Generations;

namespace Rpd.Web.Ui;

/// <summary>How codes, numbers and times read to people.</summary>
public static class Words
{
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static string Credits(long n) => n == 1 ? "1 credit" : $"{Number(n)} credits";

    public static string Number(long n) => n.ToString("N0", English);

    public static string Rate(decimal n) => n.ToString("0.##", English);

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", English);

    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", English);

    /// <summary>In the zone of whoever reads it.</summary>
    public static string Day(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy", English);

    public static string Minute(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", English);

    public static string Seconds(double seconds) => seconds < 60
        ? $"{seconds.ToString(seconds < 10 && seconds % 1 != 0 ? "0.0" : "0", English)} s"
        : $"{(int)seconds / 60}:{(int)seconds % 60:00}";

    /// <summary>How long something will still take. <c>waiting.ts</c> goes on counting in the same words.</summary>
    public static string Left(int seconds) => seconds switch
    {
        <= 5 => "a few seconds",
        < 90 => $"about {seconds} s",
        _ => $"about {(seconds + 59) / 60} min",
    };

    /// <summary>How many are to come before it; likewise.</summary>
    /// <param name="position">1 is the next.</param>
    public static string Place(int? position) => position switch
    {
        null => "Starts soon",
        <= 1 => "Next in line",
        var n => $"{n - 1} ahead",
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => $"{bytes / 1e3:0} KB",
        < 1_000_000_000 => string.Create(English, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(English, $"{bytes / 1e9:0.0} GB"),
    };

    public static string Type(string type) => type switch
    {
        "text2image" => "Text to image",
        "image2image" => "Image to image",
        "text2video" => "Text to video",
        "image2video" => "Image to video",
        "video2video" => "Video to video",
        _ => Sentence(type),
    };

    public static string Status(string status) => status switch
    {
        GenerationStatus.Queued => "Waiting",
        GenerationStatus.Processing => "In progress",
        GenerationStatus.Completed => "Done",
        _ => Sentence(status),
    };

    /// <summary><c>cfgScale</c> or <c>motion_transfer</c> as a label: "Cfg scale", "Motion transfer".</summary>
    public static string Sentence(string name)
    {
        var text = new System.Text.StringBuilder();
        foreach (var c in name)
        {
            if (c is '_' or '-' or '.')
                text.Append(' ');
            else if (char.IsUpper(c) && text.Length > 0 && char.IsLower(text[^1]))
                text.Append(' ').Append(char.ToLowerInvariant(c));
            else
                text.Append(text.Length == 0 ? char.ToUpperInvariant(c) : c);
        }

        return text.ToString();
    }

    public static string Initial(string name) => name.Length > 0 ? StringInfo.GetNextTextElement(name) : "?";

    /// <summary>For labels and titles: one line, cut at a word.</summary>
    public static string Short(string? text, int most)
    {
        var line = (text ?? "").ReplaceLineEndings(" ").Trim();
        if (line.Length <= most)
            return line;
        var cut = line.LastIndexOf(' ', most - 1);
        return line[..(cut > most / 2 ? cut : most - 1)].TrimEnd(',', '.', ' ') + "…";
    }
}
