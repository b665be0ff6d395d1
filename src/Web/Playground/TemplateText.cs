using System.Text.RegularExpressions;
using Rpd.Shared.Templates;

namespace Rpd.Web.Playground;

/// <summary>A template's prompt with its gaps filled.</summary>
public static partial class TemplateText
{
    /// <summary>What is not said takes its usual value; without one the gap stays visible.</summary>
    public static string Fill(TemplateView template, IReadOnlyDictionary<string, string> gaps) => Gap().Replace(template.Prompt, match =>
        gaps.GetValueOrDefault(match.Groups[1].Value) is { } said && said.Trim().Length > 0 ? said.Trim() : template.Placeholders.FirstOrDefault(gap => gap.Name == match.Groups[1].Value)?.Default ?? match.Value);

    /// <summary>Gaps that must be filled and are not.</summary>
    public static IEnumerable<PlaceholderView> Open(TemplateView template, string? prompt) =>
        template.Placeholders.Where(gap => prompt?.Contains($"{{{gap.Name}}}", StringComparison.Ordinal) == true);

    [GeneratedRegex(@"\{([A-Za-z][A-Za-z0-9_]{0,39})\}")]
    private static partial Regex Gap();
}
