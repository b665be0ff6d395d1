using System.Globalization;

namespace Rpd.Server.Media;

/// <summary>Reads the portable pixmaps our own tools write: grey (P5) or colour (P6), one or two bytes a value.</summary>
internal static class Pixmap
{
    public static (byte[] Rgb, int Width, int Height) Read(ReadOnlySpan<byte> file)
    {
        var at = 0;
        var kind = Word(file, ref at);
        var (width, height, most) = (Whole(file, ref at), Whole(file, ref at), Whole(file, ref at));
        at++;
        var (channels, depth) = (kind == "P6" ? 3 : kind == "P5" ? 1 : throw new InvalidDataException("Not a pixmap."), most > 255 ? 2 : 1);
        if (file.Length - at < width * height * channels * depth) throw new InvalidDataException("The pixmap ends early.");
        if (channels * depth == 3) return (file.Slice(at, width * height * 3).ToArray(), width, height);
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = file[at + (i / 3 * channels + i % 3 * (channels - 1) / 2) * depth];
        return (rgb, width, height);
    }

    private static int Whole(ReadOnlySpan<byte> file, ref int at) => int.Parse(Word(file, ref at), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Word(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length && (char.IsWhiteSpace((char)file[at]) || file[at] == '#'))
        {
            if (file[at] == '#') while (at < file.Length && file[at] != '\n') at++;
            else at++;
        }
        var start = at;
        while (at < file.Length && !char.IsWhiteSpace((char)file[at])) at++;
        return System.Text.Encoding.ASCII.GetString(file[start..at]);
    }
}
