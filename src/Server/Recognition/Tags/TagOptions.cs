using System.ComponentModel.DataAnnotations;
using Rpd.Server.Providers;

namespace Rpd.Server.Recognition.Tags;

/// <summary>Who says what a picture shows.</summary>
public abstract record TagOptions : IValidatableObject
{
    public const string Google = "google", Azure = "azure", Clarifai = "clarifai", Chat = "chat";

    /// <summary><c>google</c> (Cloud Vision), <c>azure</c> (AI Vision), <c>clarifai</c>, or <c>chat</c>: a model of <c>Chat:Upstreams</c> that sees pictures. Empty: nobody.</summary>
    public string Provider { get; init; } = "";

    public Secret? ApiKey { get; init; }

    /// <summary>Of <c>azure</c> the endpoint of one's own resource; of the others another address of the same interface.</summary>
    [Url]
    public string? BaseUrl { get; init; }

    /// <summary>Of <c>chat</c> the model; of <c>clarifai</c> another than its own for the purpose.</summary>
    public string? Model { get; init; }

    /// <summary>For one call.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; init; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider is not ("" or Google or Azure or Clarifai or Chat)) yield return new($"Provider must be {Google}, {Azure}, {Clarifai} or {Chat}.");
        if (Provider is Google or Azure or Clarifai && ApiKey is null or { Empty: true }) yield return new($"{Provider} needs an ApiKey.");
        if (Provider == Azure && string.IsNullOrEmpty(BaseUrl)) yield return new("azure needs the BaseUrl of your resource.");
        if (Provider == Chat && string.IsNullOrEmpty(Model)) yield return new("chat needs a Model.");
    }
}

/// <summary>Section <c>Recognition:General</c>: what there is in a picture.</summary>
public sealed record GeneralTags : TagOptions;

/// <summary>Section <c>Recognition:Food</c>: what there is to eat in it.</summary>
public sealed record FoodTags : TagOptions;
