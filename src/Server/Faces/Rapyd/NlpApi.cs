using Rpd.Server.Analysis;
using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared.Analysis;

namespace Rpd.Server.Faces.Rapyd;

public static class NlpApi
{
    private const int CharactersMax = 4_000;

    private const string Shapes = "`builtin` and `llm` answer in the shape of `aws`. The others keep their own: `gcp` a score from -1 to 1 or a list of names, `azure` its confidence scores or a list.";

    public static void MapNlpApi(this IEndpointRouteBuilder face)
    {
        Map(face, "/nlp/sentiment", AnalysisTask.Sentiment, "Judge the mood of a text", "I don't like old cabin cruisers.")
            .GivesBare<SentimentView>(example: """{"meta":{"provider":"builtin","language":"en"},"result":{"sentiment":"NEGATIVE","sentimentScore":{"positive":0,"negative":0.739,"neutral":0.261,"mixed":0}}}""");
        Map(face, "/nlp/entities", AnalysisTask.Entities, "Find what a text names", "Next summer I want to visit Barcelona.")
            .GivesBare<EntitiesView>(example: """{"meta":{"provider":"builtin","language":"en"},"result":{"entities":[{"score":0.95,"type":"DATE","text":"Next summer","beginOffset":0,"endOffset":11}]}}""");
        Map(face, "/nlp/keyphrase", AnalysisTask.KeyPhrase, "Find the key phrases of a text", "Seems it never rains in Southern California.")
            .GivesBare<KeyPhrasesView>(example: """{"meta":{"provider":"builtin","language":"en"},"result":{"keyPhrases":[{"score":0.8,"text":"Southern California","beginOffset":24,"endOffset":43}]}}""");
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder face, string path, AnalysisTask task, string summary, string text) =>
        face.MapPost(path, (HttpContext http, Analyse analyse) => Run(http, analyse, task))
            .Describe(summary, $"Costs {Analyse.Price} credit when it succeeds and nothing otherwise. A user's token needs the header `ACCOUNT-ID` beside it. {Shapes}")
            .Takes<TextAnalysisBody>($$"""{"text":"{{text}}","provider":"builtin","language":"auto"}""")
            .TakesAlso("application/x-www-form-urlencoded")
            .TakesAlso("text/plain")
            .Refuses("INSUFFICIENT_CREDITS", "SPEND_CAP_REACHED");

    private static async Task<IResult> Run(HttpContext http, Analyse analyse, AnalysisTask task)
    {
        var body = await LooseBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value;
        var text = fields.Text("text", JsonBody.BytesMax, required: true);
        if (text is not null && Characters(text) is > CharactersMax and var characters) fields.Wrong("text", $"text may have {CharactersMax} characters at most; it has {characters}.");
        var provider = Words.Read(fields, "provider", TextProviders.All) ?? (TextProviders.Auto, TextProviders.Auto);
        var language = Words.Read(fields, "language", TextLanguages.All)?.Known ?? TextLanguages.Auto;
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var request = new AnalysisRequest(task, text!, language == TextLanguages.Auto ? "" : language);
        return Meta.Answer(await analyse.Run(http.Credential(), RapydFace.Name, provider.Known, request, http.RequestAborted), provider);
    }

    /// <summary>As people count them: a smiley is one and not two.</summary>
    private static int Characters(string text) => text.Length - text.Count(char.IsLowSurrogate);
}
