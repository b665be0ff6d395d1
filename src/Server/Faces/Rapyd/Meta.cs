using Rpd.Server.Analysis;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Analysis;

namespace Rpd.Server.Faces.Rapyd;

/// <summary>This face's envelope.</summary>
internal static class Meta
{
    /// <param name="provider">As known and as written: whoever asked for AWS is answered by AWS.</param>
    public static IResult Answer(Outcome<Analysed> outcome, (string Known, string Written) provider) => outcome.Declined ? ApiAnswers.Refuse(outcome.Refusal)
        : Results.Json(new Answered(new(provider.Known == outcome.Value.Provider ? provider.Written : outcome.Value.Provider, outcome.Value.Language), outcome.Value.Result), ApiAnswers.Json);

    private sealed record Answered(AnalysisMeta Meta, object Result);
}
