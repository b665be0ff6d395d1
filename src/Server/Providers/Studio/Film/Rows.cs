namespace Rpd.Server.Providers.Studio.Film;

/// <summary>A frame's rows on every core. The order does not matter to the picture, so it stays the same on any machine.</summary>
internal static class Rows
{
    public static void All(int height, Action<int> row) => Parallel.For(0, height, row);
}
