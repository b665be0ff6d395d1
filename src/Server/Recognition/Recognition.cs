namespace Rpd.Server.Recognition;

/// <summary>
/// Recognition: what a picture shows. Faces and colours are found here: files are decoded by a child for each, faces by processes that are kept warm
/// (<see cref="FaceWorkers"/>). Nothing that is looked at is kept.
/// </summary>
public static class RecognitionParts
{
    public static IServiceCollection AddRecognition(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<RecognitionOptions>(settings, "Recognition");
        return services.AddSingleton<FaceWorkers>().AddSingleton<ReadPicture>().AddSingleton<FetchPicture>().AddSingleton<FindFaces>().AddSingleton<FindColours>();
    }
}
