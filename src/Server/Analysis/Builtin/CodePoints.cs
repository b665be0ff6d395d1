namespace Rpd.Server.Analysis.Builtin;

/// <summary>
/// Places in a text counted in Unicode code points, as Amazon Comprehend counts them: the same for every programming language, while UTF-16 units are not.
/// Asked from left to right, it walks through the text once.
/// </summary>
internal struct CodePoints(string text)
{
    private int unit, point;

    public int At(int index)
    {
        if (index < unit) (unit, point) = (0, 0);
        for (; unit < index; unit++)
            if (!char.IsLowSurrogate(text[unit]) || unit == 0 || !char.IsHighSurrogate(text[unit - 1])) point++;
        return point;
    }
}
