using Rpd.Server.Recognition;
using Rpd.Shared;
using Rpd.Shared.Analysis;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>
/// This server's own analysis, without anybody else: moods and key phrases in six languages, entities in all twelve, faces and writing in pictures. In the shape of aws.
/// </summary>
public sealed class BuiltinAnalyst(ReadText read, FindFaces faces) : IAnalyst
{
    public const string Known = TextProviders.Builtin;

    public string Name => Known;

    public bool Does(AnalysisTask task) => task is AnalysisTask.Sentiment or AnalysisTask.Entities or AnalysisTask.KeyPhrase or AnalysisTask.Face or AnalysisTask.Text;

    public string? Missing(AnalysisTask task) => task == AnalysisTask.Text ? read.Missing : null;

    public async Task<Outcome<object>> Run(AnalysisRequest request, CancellationToken cancel)
    {
        if (request is { Task: AnalysisTask.Face, Picture: { } portrait })
        {
            var found = await faces.Run(await File.ReadAllBytesAsync(portrait.Path, cancel), new FaceQuestion(), cancel);
            return found.Declined ? found.Refusal : new Outcome<object>(Shares(found.Value), null);
        }
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

    /// <summary>In shares of the picture's sides, and in percent, as aws says it.</summary>
    private static FacesResult Shares(FacesFound found) => new([.. found.Faces.Select(face => new FaceDetail(
        new(face.X / (double)found.Width, face.Y / (double)found.Height, face.Width / (double)found.Width, face.Height / (double)found.Height), face.Score * 100))]);
}
