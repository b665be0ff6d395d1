namespace Rpd.Shared;

/// <summary>Text that must fit.</summary>
public static class Cut
{
    /// <summary>The beginning, of <paramref name="max"/> UTF-16 units at most and never with half a character at its end, which no UTF-8 could hold.</summary>
    public static string At(string text, int max) => text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
}
