using System.Text;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>
/// The lists that the built-in analysis knows words by, written for this product. Plain text beside this file: a line is a key and its words, between
/// spaces; <c>#</c> begins a remark.
/// </summary>
internal static class WordLists
{
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(WordLists).Assembly.GetManifestResourceStream($"analysis/{name}.txt") ?? throw new InvalidOperationException($"There is no list {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#') yield return line.Normalize(NormalizationForm.FormC);
    }

    public static ILookup<string, string> ByKey(string name) => Lines(name).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(words => words.Skip(1).Select(word => (Key: words[0], Word: word))).ToLookup(entry => entry.Key, entry => entry.Word);
}
