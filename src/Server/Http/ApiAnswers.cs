using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>The native face's envelopes: <c>{success:true,data}</c> and <c>{success:false,error:{code,message,details}}</c>.</summary>
public static class ApiAnswers
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // Prompts in any script stay readable; answers are application/json with nosniff, never HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new UtcTimes() },
    };

    public static IResult Data<T>(T data, int status = 200) => Results.Json(new DataBody<T>(data), Json, statusCode: status);

    public static IResult Page<T>(Page<T> page) =>
        Results.Json(new PageBody<T>(page.Items, new Pagination(page.NextCursor, page.HasMore)), Json);

    public static IResult Refuse(Refusal refusal) => new Refused(refusal);

    /// <param name="http">The request that is refused: what is our fault names its id.</param>
    public static ErrorBody Body(Refusal refusal, HttpContext http) => new(new ErrorPart(refusal.Code, refusal.Message, refusal.Details, RequestId(refusal, http)));

    internal static string? RequestId(Refusal refusal, HttpContext http) => refusal.Status >= 500 ? http.RequestId() : null;

    /// <summary>The native face. What is no API has its errors too: uploads, health.</summary>
    public static readonly Face Native = new("native", [Api.Prefix], (refusal, http) => http.GetEndpoint()?.Metadata.GetMetadata<TwoReaders>() is null
        ? Results.Json(Body(refusal, http), Json, statusCode: refusal.Status)
        : Results.Json(TwoReaders.Body(refusal, http.Request), Json, statusCode: refusal.Status));

    /// <summary>In the words of the face that was called.</summary>
    private sealed class Refused(Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => (httpContext.Face() ?? Native).Refuse(refusal, httpContext).ExecuteAsync(httpContext);
    }

    public sealed record DataBody<T>(T Data, [property: JsonPropertyOrder(-1)] bool Success = true);

    public sealed record PageBody<T>(IReadOnlyList<T> Data, Pagination Pagination, [property: JsonPropertyOrder(-1)] bool Success = true);

    public sealed record Pagination(string? NextCursor, bool HasMore);

    public sealed record ErrorBody(ErrorPart Error, [property: JsonPropertyOrder(-1)] bool Success = false);

    /// <param name="RequestId">With a status of 500 and more: it finds the call in the server's log.</param>
    public sealed record ErrorPart(
        string Code, string Message, IReadOnlyList<FieldError>? Details, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RequestId = null);

    /// <summary>RFC 3339 in UTC, ending in Z as the published documentation shows it.</summary>
    private sealed class UtcTimes : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
    }
}
