using Rpd.Server.CustomModels.Examples;
using Rpd.Server.CustomModels.Predicting;
using Rpd.Server.CustomModels.Training;
using Rpd.Server.Jobs;
using Rpd.Server.Live;

namespace Rpd.Server.CustomModels;

/// <summary>
/// Custom models: classifiers of texts or pictures that an account trains on examples of its own. queued → training → ready or failed; a ready one is deployed and then asked. The
/// examples are erased when the training has ended, the weights with the model.
/// </summary>
public static class CustomModelParts
{
    public static IServiceCollection AddCustomModels(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<CustomModelOptions>(settings, "CustomModels");
        services.AddSingleton<PlanModels>().AddSingleton<CheckExamples>().AddSingleton<PictureFeatures>().AddSingleton<KeptClassifiers>();
        services.AddSingleton<TrainingRows>().AddSingleton<ReadExamples>().AddSingleton<FailLostTrainings>().AddSingleton<CreateCustomModel>().AddSingleton<DeleteCustomModel>();
        services.AddScoped<CustomModelQueries>().AddScoped<DrawCustomModels>().AddScoped<DeployCustomModel>().AddScoped<PredictLabels>();
        services.AddJob<TrainCustomModel>(TrainCustomModel.Kind);
        services.AddSingleton<ClearCustomModel>().AddSingleton(new JobKind(ClearCustomModel.Kind, typeof(ClearCustomModel)));
        services.AddSingleton(provider => new LiveItems(async (account, items, cancel) =>
        {
            await using var scope = provider.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<CustomModelQueries>().Newer(account, items, cancel);
        }));
        return services.AddSingleton<IHostedService>(provider => Queue.Lane(provider, TrainCustomModel.Lane, provider.GetRequiredService<CustomModelOptions>().Workers));
    }
}
