namespace Rpd.Server.Chat.Assistant.Knowledge;

/// <summary>A part of the documentation that answers by itself: a section, a paragraph with a title, a row of a table, an endpoint.</summary>
/// <param name="Title">Counts more than the text when it is looked for.</param>
/// <param name="Source">Where it stands, in words.</param>
/// <param name="Address">The page of this server that shows it; null when none does.</param>
/// <param name="Blocks">Paragraphs, list items, table rows and code in Markdown, in their order.</param>
internal sealed record Passage(string Title, string Source, string? Address, IReadOnlyList<string> Blocks);
