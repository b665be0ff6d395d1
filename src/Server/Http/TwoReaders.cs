using System.Text.Json.Serialization;
using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>Marks endpoints of the native face that OpenAI clients call as well: their errors carry the fields of both. Those clients always come with Bearer.</summary>
/// <param name="Param">What a missing thing is called in <c>error.param</c>.</param>
public sealed record TwoReaders(string Param)
{
    public static ErrorBody Body(Refusal refusal, HttpRequest request)
    {
        var bearer = request.Headers.Authorization.Count > 0;
        var (type, code) = refusal.Status switch
        {
            401 => ("authentication_error", "invalid_api_key"),
            404 => ("invalid_request_error", "model_not_found"),
            429 => ("rate_limit_error", "rate_limit_exceeded"),
            >= 500 => ("server_error", refusal.Code),
            _ => ("invalid_request_error", refusal.Code),
        };
        var param = refusal.Status == 404 ? request.HttpContext.GetEndpoint()!.Metadata.GetMetadata<TwoReaders>()!.Param : refusal.Details is [{ Field.Length: > 0 } one] ? one.Field : null;
        return new(new(bearer ? code : refusal.Code, refusal.Message, refusal.Details, type, param, ApiAnswers.RequestId(refusal, request.HttpContext)));
    }

    public sealed record ErrorBody(ErrorPart Error, [property: JsonPropertyOrder(-1)] bool Success = false);

    public sealed record ErrorPart(string Code, string Message, IReadOnlyList<FieldError>? Details, string Type, string? Param,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RequestId);
}
