using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Rpd.Server.Database;

/// <summary>One numbered step of the schema: <c>Migrations/NNNN_name.sql</c>. Once released it never changes; the next number corrects it.</summary>
public sealed partial record Migration(int Number, string Name, string Sql)
{
    /// <summary>Over the text with Unix line ends, so a checkout with other ones is still the same migration.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The product's own, compiled into the program.</summary>
    public static IReadOnlyList<Migration> Embedded { get; } =
        InOrder(typeof(Migration).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("Migrations/", StringComparison.Ordinal)).Select(Read));

    /// <param name="file"><c>0001_accounts.sql</c></param>
    public static Migration Parse(string file, string sql) =>
        FileName().Match(file) is { Success: true } parts
            ? new(int.Parse(parts.Groups[1].Value, CultureInfo.InvariantCulture), parts.Groups[2].Value, sql)
            : throw new CannotStart($"{file} is no name for a migration; it must look like 0001_name.sql.");

    /// <exception cref="CannotStart">The numbers do not run from 1 upwards without a gap or a twin.</exception>
    public static IReadOnlyList<Migration> InOrder(IEnumerable<Migration> migrations)
    {
        var sorted = migrations.OrderBy(migration => migration.Number).ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Number != i + 1)
                throw new CannotStart($"The migrations have a {(sorted[i].Number > i + 1 ? "gap" : "second file")} at number {Math.Min(i + 1, sorted[i].Number):0000} ({sorted[i]}).");
        }
        return sorted;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number:0000}_{Name}.sql");

    private static Migration Read(string resource)
    {
        using var stream = typeof(Migration).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return Parse(resource["Migrations/".Length..], reader.ReadToEnd());
    }

    [GeneratedRegex(@"^(\d{4})_([a-z0-9_]+)\.sql$")]
    private static partial Regex FileName();
}
