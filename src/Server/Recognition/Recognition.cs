using Rpd.Server.Recognition.Tags;

namespace Rpd.Server.Recognition;

/// <summary>
/// Recognition: what a picture shows. Faces and colours are found here: files are decoded by a child for each, faces by processes that are kept warm
/// (<see cref="FaceWorkers"/>). What things are called, a provider says (<see cref="TagPicture"/>). Nothing that is looked at is kept.
/// </summary>
public static class RecognitionParts
{
    public static IServiceCollection AddRecognition(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<RecognitionOptions>(settings, "Recognition");
        services.AddChecked<GeneralTags>(settings, "Recognition:General");
        services.AddChecked<FoodTags>(settings, "Recognition:Food");
        services.AddSingleton<TagHttp>().AddSingleton<ITagger, GoogleTags>().AddSingleton<ITagger, AzureTags>().AddSingleton<ITagger, ClarifaiTags>().AddSingleton<ITagger, ChatTags>();
        services.AddSingleton(provider => new TagPicture(provider.GetRequiredService<DecodePicture>(), provider.GetRequiredService<FaceWorkers>(),
            provider.GetRequiredService<GeneralTags>(), provider.GetRequiredService<FoodTags>(), provider.GetServices<ITagger>()));
        return services.AddSingleton<FaceWorkers>().AddSingleton<DecodePicture>().AddSingleton<ReadPicture>().AddSingleton<FetchPicture>()
            .AddSingleton<FindFaces>().AddSingleton<FindColours>().AddSingleton<PaidLook>();
    }
}
