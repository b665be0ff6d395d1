using Rpd.Shared;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>
/// This server's own analysis, without anybody else: moods and key phrases in six languages, entities in all twelve, and writing in pictures. In the shape of aws.
/// </summary>
public sealed class BuiltinAnalyst(ReadText read) : IAnalyst
{
    public const string Known = Rpd.Shared.Analysis.TextProviders.Builtin;

    public string Name => Known;

    public bool Does(AnalysisTask task) => task is AnalysisTask.Sentiment or AnalysisTask.Entities or AnalysisTask.KeyPhrase or AnalysisTask.Text;

    public string? Missing(AnalysisTask task) => task == AnalysisTask.Text ? read.Missing : null;

    public async Task<Outcome<object>> Run(AnalysisRequest request, CancellationToken cancel)
    {
        if (request.Picture is { } picture)
        {
            var writing = await read.Run(picture, request.Language, cancel);
            return writing.Declined ? writing.Refusal : new Outcome<object>(writing.Value, null);
        }
        if (request.Task == AnalysisTask.Entities) return FindEntities.Run(request.Content, request.Language);
        if (!TextLanguage.All.TryGetValue(request.Language, out var language))
            return Refusal.Invalid("language", $"builtin knows the words of {string.Join(", ", TextLanguage.All.Keys.Order())}, and this text is in {request.Language}. Other providers know more languages.");
        return request.Task == AnalysisTask.Sentiment ? MeasureSentiment.Run(request.Content, language) : FindKeyPhrases.Run(request.Content, language);
    }
}
