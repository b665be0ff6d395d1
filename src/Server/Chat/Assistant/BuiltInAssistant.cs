using Rpd.Server.Catalog;
using Rpd.Server.Chat.Assistant.Knowledge;
using Rpd.Server.Chat.Assistant.Skills;
using Rpd.Server.OpenApi;
using Rpd.Server.Plans;

namespace Rpd.Server.Chat.Assistant;

/// <summary>
/// What answers where no language model is configured: rules, and a search through this product's own documentation and catalogue. It says what it is, quotes
/// what it has found, and admits everything else. Nothing is executed, asked for elsewhere or remembered; of what it was told only numbers come back.
/// </summary>
public sealed class BuiltInAssistant(ModelCatalog catalog, OpenApiParts.Published published, PlanList plans)
{
    // Nobody asks a question as long as this; a text to count may be of any length.
    private const int QuestionMax = 2000, EarlierMax = 10;
    private readonly ModelQuestions models = new(catalog);
    private readonly Lazy<Documentation> documentation = new(() => new(published.Reference, plans));

    /// <returns>Markdown.</returns>
    public string Answer(IReadOnlyList<Said> conversation, DateTimeOffset now)
    {
        var asked = conversation.Where(said => said.Role == "user" && !string.IsNullOrWhiteSpace(said.Text)).Select(said => said.Text).Reverse().Take(EarlierMax).ToArray();
        if (asked is not [var message, .. var earlier]) return Statements.Nothing;
        if (Statements.AsksWho(message)) return Statements.WhoIAm;
        return TextStatistics.Answer(message) ?? DateQuestions.Answer(message, now) ?? Conversions.Answer(message, earlier) ?? Arithmetic.Answer(message) ?? Look(message);
    }

    private string Look(string message)
    {
        if (message.Length > QuestionMax || Statements.WantsWriting(message)) return Statements.NoModel;
        var terms = Terms.Of(message);
        if (models.Answer(message, terms.ToHashSet()) is not { } about) return documentation.Value.Answer(terms) ?? Statements.NoModel;
        return models.Named(message) is [var one] && documentation.Value.About(one.Id, terms) is { } more ? $"{about}\n\n{more}" : about;
    }
}
