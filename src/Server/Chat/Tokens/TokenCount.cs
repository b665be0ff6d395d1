namespace Rpd.Server.Chat.Tokens;

public static class TokenCount
{
    public static int Estimate(ReadOnlySpan<char> text) => (text.Length + 3) / 4;

    public static IEnumerable<string> Pieces(string text) => text.Chunk(4).Select(piece => new string(piece));
}
