namespace Rpd.Shared.Prompts;

/// <summary>A prompt with what was added to it. The user's own words stand first and unchanged.</summary>
/// <param name="Original">As it was sent.</param>
/// <param name="Enhanced">4,000 characters at most; equal to <paramref name="Original"/> when there is nothing sensible to add.</param>
/// <param name="Suggestions">Short ideas that are not in <paramref name="Enhanced"/>, each to be taken or left; in the prompt's language where that is known, else none.</param>
/// <param name="Engine"><c>builtin</c> (rules of this server), <c>upstream</c> (the configured chat model) or <c>builtin-fallback</c> (rules, because the configured model did not answer).</param>
public sealed record EnhancedPrompt(string Original, string Enhanced, IReadOnlyList<string> Suggestions, string Engine);
