using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Rpd.Server.Analysis;
using Rpd.Server.Analysis.Aws;
using Rpd.Server.Analysis.Azure;
using Rpd.Server.Analysis.Gcp;
using Rpd.Server.Analysis.Pictures;
using Rpd.Server.Http;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Analysis;

/// <summary>Each cloud's calls and answers, against a server that answers in the shape of its documentation.</summary>
public sealed class AnalysisVendorTests : IDisposable
{
    private const string Key = "AIzaSy-0123456789abcdefghijklmnopqrstuv";

    private readonly TestFolder folder = new();
    private readonly LogLines logs = new();
    private readonly LoggerFactory loggers;
    private readonly VendorHttp http;

    public AnalysisVendorTests()
    {
        loggers = new([logs]);
        http = new(TimeProvider.System, loggers.CreateLogger<VendorHttp>());
    }

    [Theory]
    [InlineData("aws", AnalysisTask.Sentiment, """{"Sentiment":"NEGATIVE","SentimentScore":{"Positive":0.04,"Negative":0.69,"Neutral":0.26,"Mixed":0.01}}""",
        "POST / Comprehend_20171127.DetectSentiment", """{"Text":"I don't.","LanguageCode":"en"}""",
        """{"sentiment":"NEGATIVE","sentimentScore":{"positive":0.04,"negative":0.69,"neutral":0.26,"mixed":0.01}}""")]
    [InlineData("aws", AnalysisTask.Entities, """{"Entities":[{"Score":0.95,"Type":"DATE","Text":"Next summer","BeginOffset":0,"EndOffset":11}]}""",
        "POST / Comprehend_20171127.DetectEntities", """{"Text":"I don't.","LanguageCode":"en"}""",
        """{"entities":[{"score":0.95,"type":"DATE","text":"Next summer","beginOffset":0,"endOffset":11}]}""")]
    [InlineData("aws", AnalysisTask.KeyPhrase, """{"KeyPhrases":[{"Score":0.99,"Text":"Southern California","BeginOffset":24,"EndOffset":43}]}""",
        "POST / Comprehend_20171127.DetectKeyPhrases", """{"Text":"I don't.","LanguageCode":"en"}""",
        """{"keyPhrases":[{"score":0.99,"text":"Southern California","beginOffset":24,"endOffset":43}]}""")]
    [InlineData("aws", AnalysisTask.Face, """{"FaceDetails":[{"BoundingBox":{"Width":0.18,"Height":0.2,"Left":-0.01,"Top":0.12},"Confidence":99.9,"Landmarks":[]}]}""",
        "POST / RekognitionService.DetectFaces", """{"Image":{"Bytes":"AQID"}}""",
        """{"faceDetails":[{"boundingBox":{"left":-0.01,"top":0.12,"width":0.18,"height":0.2},"confidence":99.9}]}""")]
    [InlineData("aws", AnalysisTask.Text, """{"TextDetections":[{"DetectedText":"SPEED","Type":"LINE","Id":0,"Confidence":98.5,"Geometry":{"BoundingBox":{"Width":0.5,"Height":0.1,"Left":0.2,"Top":0.3},"Polygon":[]}}]}""",
        "POST / RekognitionService.DetectText", """{"Image":{"Bytes":"AQID"}}""",
        """{"textDetections":[{"detectedText":"SPEED","type":"LINE","confidence":98.5,"geometry":{"boundingBox":{"left":0.2,"top":0.3,"width":0.5,"height":0.1}}}]}""")]
    [InlineData("azure", AnalysisTask.Sentiment, """{"kind":"SentimentAnalysisResults","results":{"documents":[{"id":"1","sentiment":"neutral","confidenceScores":{"positive":0.03,"neutral":0.52,"negative":0.45},"sentences":[{"sentiment":"neutral","confidenceScores":{"positive":0.03,"neutral":0.52,"negative":0.45},"offset":0,"length":8,"text":"I don't."}],"warnings":[]}],"errors":[],"modelVersion":"2022-11-01"}}""",
        "POST /language/:analyze-text?api-version=2023-04-01 ", """{"kind":"SentimentAnalysis","analysisInput":{"documents":[{"id":"1","language":"en","text":"I don't."}]}}""",
        """{"sentiment":"neutral","confidenceScores":{"positive":0.03,"neutral":0.52,"negative":0.45},"sentences":[{"text":"I don't.","confidenceScores":{"positive":0.03,"neutral":0.52,"negative":0.45},"sentiment":"neutral"}],"warnings":[]}""")]
    [InlineData("azure", AnalysisTask.Entities, """{"kind":"EntityRecognitionResults","results":{"documents":[{"id":"1","entities":[{"text":"Barcelona","category":"Location","subcategory":"GPE","offset":28,"length":9,"confidenceScore":0.41}],"warnings":[]}],"errors":[]}}""",
        "POST /language/:analyze-text?api-version=2023-04-01 ", """{"kind":"EntityRecognition","analysisInput":{"documents":[{"id":"1","language":"en","text":"I don't."}]}}""",
        """[{"text":"Barcelona","category":"Location","subcategory":"GPE","confidenceScore":0.41}]""")]
    [InlineData("azure", AnalysisTask.KeyPhrase, """{"kind":"KeyPhraseExtractionResults","results":{"documents":[{"id":"1","keyPhrases":["Southern California"],"warnings":[]}],"errors":[]}}""",
        "POST /language/:analyze-text?api-version=2023-04-01 ", """{"kind":"KeyPhraseExtraction","analysisInput":{"documents":[{"id":"1","language":"en","text":"I don't."}]}}""",
        """["Southern California"]""")]
    [InlineData("gcp", AnalysisTask.Sentiment, """{"documentSentiment":{"magnitude":0.8,"score":-0.8},"language":"en","sentences":[]}""",
        "POST /v1/documents:analyzeSentiment ", """{"document":{"type":"PLAIN_TEXT","language":"en","content":"I don't."},"encodingType":"UTF32"}""", """{"score":-0.8}""")]
    [InlineData("gcp", AnalysisTask.Entities, """{"entities":[{"name":"Barcelona","type":"LOCATION","metadata":{"mid":"/m/01f62"},"salience":0.62,"mentions":[]}],"language":"en"}""",
        "POST /v1/documents:analyzeEntities ", """{"document":{"type":"PLAIN_TEXT","language":"en","content":"I don't."},"encodingType":"UTF32"}""", """[{"name":"Barcelona","salience":0.62,"type":"LOCATION"}]""")]
    [InlineData("gcp", AnalysisTask.Landmark, """{"responses":[{"landmarkAnnotations":[{"mid":"/m/1","description":"Palace of Fine Arts","score":0.68,"boundingPoly":{"vertices":[{"x":108,"y":102},{"x":256}]},"locations":[{"latLng":{"latitude":37.8,"longitude":-122.4}}]}]}]}""",
        "POST /v1/images:annotate ", """{"requests":[{"image":{"content":"AQID"},"features":[{"type":"LANDMARK_DETECTION","maxResults":50}]}]}""",
        """{"landmarkAnnotations":[{"description":"Palace of Fine Arts","score":0.68,"boundingPoly":{"vertices":[{"x":108,"y":102},{"x":256,"y":0}]},"locations":[{"latLng":{"latitude":37.8,"longitude":-122.4}}]}]}""")]
    [InlineData("gcp", AnalysisTask.Localize, """{"responses":[{"localizedObjectAnnotations":[{"mid":"/m/2","name":"Cup","score":0.9,"boundingPoly":{"normalizedVertices":[{"x":0.1,"y":0.2},{"x":0.5,"y":0.2}]}}]}]}""",
        "POST /v1/images:annotate ", """{"requests":[{"image":{"content":"AQID"},"features":[{"type":"OBJECT_LOCALIZATION","maxResults":50}]}]}""",
        """{"localizedObjectAnnotations":[{"name":"Cup","score":0.9,"boundingPoly":{"normalizedVertices":[{"x":0.1,"y":0.2},{"x":0.5,"y":0.2}]}}]}""")]
    [InlineData("gcp", AnalysisTask.Text, """{"responses":[{"textAnnotations":[{"locale":"en","description":"SCHOOL\nSPEED\n","boundingPoly":{"vertices":[{"x":596,"y":387}]}}],"fullTextAnnotation":{}}]}""",
        "POST /v1/images:annotate ", """{"requests":[{"image":{"content":"AQID"},"features":[{"type":"TEXT_DETECTION","maxResults":50}]}]}""", """[{"description":"SCHOOL\nSPEED\n","boundingPoly":[{"x":596,"y":387}]}]""")]
    [InlineData("gcp", AnalysisTask.Face, """{"responses":[{}]}""", "POST /v1/images:annotate ", """{"requests":[{"image":{"content":"AQID"},"features":[{"type":"FACE_DETECTION","maxResults":50}]}]}""", "[]")]
    public async Task A_call_is_as_documented_and_its_answer_keeps_the_shape_of_its_provider(string provider, AnalysisTask task, string answer, string line, string body, string expected)
    {
        var calls = new ConcurrentQueue<(string Line, string Body, bool Signed)>();
        await using var server = await LocalServer.Start(async call =>
        {
            using var reader = new StreamReader(call.Request.Body);
            calls.Enqueue(($"{call.Request.Method} {call.Request.Path}{call.Request.QueryString} {call.Request.Headers["X-Amz-Target"]}", await reader.ReadToEndAsync(), Signed(provider, call.Request)));
            call.Response.ContentType = "application/json";
            await call.Response.WriteAsync(answer);
        });

        var outcome = await Analyst(provider, server).Run(Request(task), TestContext.Current.CancellationToken);

        Assert.Null(outcome.Refusal);
        var (sentLine, sent, signed) = Assert.Single(calls);
        Assert.True(signed);
        Assert.Equal(line, sentLine);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(body), JsonElement.Parse(sent)), sent);
        var result = JsonSerializer.Serialize(outcome.Value, ApiAnswers.Json);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(result)), result);
    }

    [Theory]
    [InlineData("aws", 400, """{"__type":"com.amazonaws.comprehend#TextSizeLimitExceededException","Message":"Input text size exceeds limit."}""", 400, "aws refuses it: Input text size exceeds limit.")]
    [InlineData("aws", 400, """{"__type":"UnrecognizedClientException","message":"The security token is invalid."}""", 503, "aws does not answer as it should")]
    [InlineData("azure", 401, """{"error":{"code":"401","message":"Access denied due to invalid subscription key."}}""", 503, "azure does not answer as it should")]
    [InlineData("azure", 200, """{"results":{"documents":[],"errors":[{"id":"1","error":{"code":"InvalidArgument","message":"Invalid document.","innererror":{"code":"UnsupportedLanguageCode","message":"This language is not supported."}}}]}}""", 400, "azure refuses it: This language is not supported.")]
    [InlineData("gcp", 400, """{"error":{"code":400,"message":"API key not valid.","details":[{"reason":"API_KEY_INVALID"}]}}""", 503, "gcp does not answer as it should")]
    [InlineData("gcp", 400, """{"error":{"code":400,"message":"The language xx is not supported."}}""", 400, "gcp refuses it: The language xx is not supported.")]
    [InlineData("gcp", 404, "<html>nothing</html>", 400, "gcp refuses it")]
    [InlineData("aws", 200, "{}", 503, "aws does not answer as it should")]
    [InlineData("azure", 200, "null", 503, "azure does not answer as it should")]
    [InlineData("gcp", 200, "no json", 503, "gcp does not answer as it should")]
    public async Task What_goes_wrong_there_is_a_refusal_that_tells_no_credentials(string provider, int status, string answer, int expected, string message)
    {
        await using var server = await LocalServer.Start(async call =>
        {
            call.Response.StatusCode = status;
            await call.Response.WriteAsync(answer);
        });

        var outcome = await Analyst(provider, server).Run(Request(AnalysisTask.Sentiment), TestContext.Current.CancellationToken);

        Assert.Equal(expected, outcome.Refusal!.Status);
        Assert.StartsWith(message, outcome.Refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, outcome.Refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(logs.All, line => line.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_that_is_silent_is_given_up_on()
    {
        await using var server = await LocalServer.Start(call => Task.Delay(Timeout.Infinite, call.RequestAborted));

        var outcome = await Analyst("gcp", server, seconds: 1).Run(Request(AnalysisTask.Sentiment), TestContext.Current.CancellationToken);

        Assert.Equal(503, outcome.Refusal!.Status);
    }

    [Theory]
    [InlineData("aws", "Analysis:aws:AccessKey")]
    [InlineData("azure", "Analysis:azure:BaseUrl")]
    [InlineData("gcp", "Analysis:gcp:ApiKey")]
    public void What_is_missing_names_the_setting(string provider, string setting) =>
        Assert.Contains(setting, new AskVendor(Vendor(provider), new(), http).Missing(AnalysisTask.Sentiment), StringComparison.Ordinal);

    public void Dispose()
    {
        http.Dispose();
        loggers.Dispose();
        folder.Dispose();
    }

    private AskVendor Analyst(string provider, LocalServer server, int seconds = 20) =>
        new(Vendor(provider), new() { ApiKey = new(Key), AccessKey = "AKIDEXAMPLE", SecretKey = new(Key), Location = "eu-west-1", BaseUrl = server.Address("").ToString().TrimEnd('/'), TimeoutSeconds = seconds }, http);

    private AnalysisRequest Request(AnalysisTask task)
    {
        if (task is AnalysisTask.Sentiment or AnalysisTask.Entities or AnalysisTask.KeyPhrase) return new(task, "I don't.", "en");
        var path = folder.Below("picture.jpg");
        File.WriteAllBytes(path, [1, 2, 3]);
        return new(task, "", "", new Picture(path));
    }

    private static AnalysisVendor Vendor(string provider) => provider switch { "aws" => new AwsAnalysis(), "azure" => new AzureAnalysis(), _ => new GcpAnalysis() };

    private static bool Signed(string provider, HttpRequest request) => provider switch
    {
        "aws" => request.Headers.Authorization.ToString().Contains($"Credential=AKIDEXAMPLE/", StringComparison.Ordinal) && request.Headers.Authorization.ToString().Contains("/eu-west-1/", StringComparison.Ordinal) && request.ContentType == "application/x-amz-json-1.1",
        "azure" => request.Headers["Ocp-Apim-Subscription-Key"] == Key,
        _ => request.Headers["X-Goog-Api-Key"] == Key,
    };
}
