using Rpd.Server.Generations.Covering;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Generations.Playground;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Providers;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>
/// A generation is a piece of work for a provider, paid in credits. States: queued → processing → completed, failed or cancelled.
/// It starts with a reservation (<see cref="StartGeneration"/>) and ends with a settlement (<see cref="EndGeneration"/>), each in the transaction that
/// changes the state; in between a job hands it to the provider (<see cref="SubmitGeneration"/>), and a watcher keeps the deadline
/// (<see cref="ExpireGenerations"/>).
/// </summary>
public static class GenerationParts
{
    public static IServiceCollection AddGenerations(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<GenerationOptions>(settings, "Generations");
        services.AddSingleton<StartStatement>().AddSingleton<StartGeneration>().AddSingleton<StartTogether>().AddSingleton<AdmitHeld>().AddSingleton<EndGeneration>().AddSingleton<CancelGeneration>().AddSingleton<ChangeGeneration>().AddSingleton<PurgeGeneration>().AddSingleton<MeasureModels>().AddSingleton<ModelSpeeds>().AddSingleton<RecommendModels>();
        services.AddSingleton<ExpireGenerations>().AddSingleton<AnnounceEnding>().AddSingleton<RunningGenerations>();
        services.AddSingleton<OutputPictures>().AddSingleton<CountFaces>().AddSingleton<CoverFaces>().AddSingleton<PublishOwn>();
        services.AddSingleton<EndingEvent>().AddSingleton<CollectOutputs>().AddSingleton<DeleteLeftovers>().AddSingleton<GenerationRows>().AddSingleton<GenerationQueries>().AddSingleton<GenerationLife>().AddScoped<AppealHidden>();
        services.AddChecked<InputOptions>(settings, "Inputs");
        services.AddSingleton<InputSources>().AddSingleton<CheckInputs>().AddSingleton<DownloadInput>().AddSingleton<FetchInputs>().AddSingleton<InputLengths>();
        services.AddSingleton<EarlierInputs>().AddSingleton<PageInputs>().AddScoped<AskedForm>().AddScoped<TakeForm>().AddScoped<DrawPlayground>().AddScoped<DrawInput>().AddScoped<PickFiles>();
        services.AddSingleton(provider => new LiveItems(provider.GetRequiredService<GenerationQueries>().Newer));
        services.AddSingleton(provider =>
        {
            var generations = provider.GetRequiredService<GenerationQueries>();
            return new LiveSource(generations.Started, generations.Places, nudge =>
            {
                if (nudge.Status is GenerationStatus.Cancelled or GenerationStatus.Failed) provider.GetRequiredService<RunningGenerations>().Stop(nudge.Id);
            });
        });
        services.AddJob<EraseFiles>("generation.erase");
        services.AddSingleton<DeliverLate>().AddSingleton<IProviderCallbacks, ProviderCallbacks>().AddJob<SubmitGeneration>(SubmitGeneration.CollectKind);
        return services.AddJob<SubmitGeneration>(SubmitGeneration.Kind);
    }
}
