using System.Text.RegularExpressions;

namespace Rpd.Server.Chat.Assistant;

/// <summary>What the assistant says of itself.</summary>
internal static partial class Statements
{
    private const string Abilities = """
        - **Questions about this platform**: its pages, its API, its settings, from the documentation that comes with it ("How do I verify a webhook signature?").
        - **The models here**: what they make and cost, and whether they can run ("Which models make video?").
        - **Sums**, exactly: `15 % of 80`, `(2 + 3) × 4 ÷ 7`.
        - **Units**: `5 km in miles`, `100 °F in °C`, `2.5 GB in MiB`.
        - **Dates**: `90 days after 2026-03-01`, `days between 2026-01-01 and 2026-12-24`.
        - **Text statistics**: how many words, characters, sentences and tokens a quoted text has.
        """;

    private const string Setting = """
        An administrator adds one with `Chat:Upstreams:<name>:BaseUrl`, `Chat:Upstreams:<name>:ApiKey` and `Chat:Upstreams:<name>:Models:rapshee-1`; any API that speaks OpenAI's language will do. As environment variables:

        ```sh
        Chat__Upstreams__openai__BaseUrl=https://api.openai.com/v1
        Chat__Upstreams__openai__ApiKey=sk-…
        Chat__Upstreams__openai__Models__rapshee-1=<name of the model there>
        ```
        """;

    public const string WhoIAm = $"""
        I am the built-in assistant of this installation, not a language model: I look things up in its documentation and calculate by rules. I do not write, translate or reason.

        What I can do:

        {Abilities}

        {Setting}
        """;

    public const string NoModel = $"""
        I cannot answer that: no language model is configured on this server, and I am only its built-in assistant.

        {Setting}

        Meanwhile I can help with:

        {Abilities}
        """;

    public const string Nothing = "Please write what you would like to know.";

    /// <summary>Asked who or what this is, what it can do, or only greeted.</summary>
    public static bool AsksWho(string message) => message.Length < 120 && message.Any(char.IsLetter) && Who().IsMatch(message.Trim());

    /// <summary>Wishes for words of one's own: what is found about their subject would be no answer.</summary>
    public static bool WantsWriting(string message) => Writing().IsMatch(message.AsSpan(0, Math.Min(message.Length, 200)));

    [GeneratedRegex(@"^(?:(?:hi|hello|hey|hallo|guten\s+(?:tag|morgen|abend)|good\s+(?:morning|evening|afternoon)|servus|moin)(?:\s+there)?[\s,.!]*)?(?:(?:so\s+)?(?:who|what)\s+(?:exactly\s+)?are\s+you|who\s+am\s+i\s+(?:talking|speaking)\s+to|are\s+you\s+(?:an?\s+)?(?:ai|llm|human|bot|robot|chatgpt|gpt\S*|claude|gemini|language\s+model|real)\b.*|what\s+(?:can|do)\s+you\s+do(?:\s+for\s+me)?|what\s+is\s+your\s+name|what(?:'s|s)\s+your\s+name|(?:which|what)\s+(?:language\s+)?model\s+are\s+you|help|hilfe|wer\s+bist\s+du|was\s+bist\s+du|was\s+kannst\s+du)?[\s?.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Who();

    [GeneratedRegex(@"^\s*(?:(?:please|can\s+you|could\s+you|bitte|kannst\s+du)\s+)*(?:write|compose|draft|translate|summari[sz]e|rewrite|paraphrase|proofread|improve|tell\s+me\s+a|imagine|pretend|brainstorm|invent|schreib\w*|übersetz\w*|dichte|erzähl\w*|fasse)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Writing();
}
