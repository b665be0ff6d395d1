using Rpd.Shared;

namespace Rpd.Server.Recognition.Tags;

/// <param name="Score">0–1, as its provider says it.</param>
public sealed record FoundTag(string Name, double Score);

/// <summary>What is asked: a JPEG, about food or about everything, in <c>de</c> or <c>en</c>.</summary>
internal sealed record TagQuestion(byte[] Jpeg, bool Food, string Language)
{
    public string Base64 => Convert.ToBase64String(Jpeg);
}

/// <summary>One who names what a picture shows: renders a call, reads the answer.</summary>
internal interface ITagger
{
    /// <summary>As the settings call it.</summary>
    string Provider { get; }

    Task<Outcome<FoundTag[]>> Ask(TagOptions access, TagQuestion question, CancellationToken cancel);
}
