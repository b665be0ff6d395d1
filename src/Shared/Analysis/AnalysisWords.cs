namespace Rpd.Shared.Analysis;

/// <summary>Who may look at a text.</summary>
public static class TextProviders
{
    public const string Auto = "auto", Builtin = "builtin";

    public static readonly IReadOnlyList<string> All = [Auto, Builtin, "aws", "azure", "gcp", "llm"];
}

/// <summary>The languages that a text may be said to be in.</summary>
public static class TextLanguages
{
    public const string Auto = "auto";

    /// <summary>Those that there are, without <see cref="Auto"/>.</summary>
    public static readonly IReadOnlyList<string> Known = ["de", "en", "es", "it", "pt", "fr", "ja", "ko", "hi", "ar", "zh", "zh-TW"];

    public static readonly IReadOnlyList<string> All = [Auto, .. Known];
}
