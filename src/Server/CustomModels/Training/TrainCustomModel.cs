using Microsoft.Extensions.Logging;
using Rpd.Server.CustomModels.Examples;
using Rpd.Server.CustomModels.Learning;
using Rpd.Server.Jobs;
using Rpd.Server.Storage;
using Rpd.Shared;
using Rpd.Shared.CustomModels;

namespace Rpd.Server.CustomModels.Training;

/// <summary>
/// The job that learns. It may run twice, also beside itself: the same examples and seed give the same weights, and the first ending stands. Its row is asked a few times a second
/// whether it is still there; a deleted model's training stops.
/// </summary>
public sealed class TrainCustomModel(TrainingRows rows, ReadExamples read, IStorage storage, ClearCustomModel clear, CustomModelOptions options, ILogger<TrainCustomModel> log) : IJob
{
    public const string Kind = "custom-model.train", Lane = "training";

    private const int Tries = 3;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    public static Job Job(Guid account, Guid id, DateTimeOffset now) => new()
    {
        Kind = Kind,
        Lane = Lane,
        Args = System.Text.Json.JsonSerializer.SerializeToElement(new ClearCustomModel.Args(account, id), System.Text.Json.JsonSerializerOptions.Web),
        AttemptsMax = Tries,
        CreatedAt = now,
    };

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        var args = job.Read<ClearCustomModel.Args>();
        if (await rows.Begin(args.Id, cancel) is not { } model)
        {
            await clear.Erase(args, cancel);
            return JobResult.Done;
        }
        try
        {
            var learned = await Watched(model, cancel);
            if (learned.Declined) await rows.Fail(model.Id, learned.Refusal.Message, cancel);
            else await Keep(model, learned.Value, cancel);
            return JobResult.Done;
        }
        catch (Exception fault) when (fault is not OperationCanceledException && job.LastAttempt)
        {
            await rows.Fail(model.Id, $"The training broke off {Tries} times. That is our fault and not that of your examples; tell whoever runs this server.", CancellationToken.None);
            throw;
        }
    }

    private async Task<Outcome<Learned>> Watched(ModelToTrain model, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(TimeSpan.FromSeconds(options.TrainingSeconds));
        var progress = new TrainingProgress();
        var work = Task.Run(() => Learn(model, progress, stop.Token), CancellationToken.None);
        var there = true;
        try
        {
            while (await Task.WhenAny(work, Task.Delay(Pace, CancellationToken.None)) != work)
                if (there && !(there = await rows.Report(model.Id, progress.Percent, cancel))) await stop.CancelAsync();
            return await work;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Refusal.Conflict(!there ? "The model was deleted." : $"The training took longer than {options.TrainingSeconds} seconds. Send fewer or shorter examples.");
        }
        finally
        {
            // Nothing learns on for a job that has ended.
            await stop.CancelAsync();
            await work.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task<Outcome<Learned>> Learn(ModelToTrain model, TrainingProgress progress, CancellationToken cancel)
    {
        var examples = await read.Run(model, progress.Reading, cancel);
        if (examples.Declined) return examples.Refusal;
        var (training, judging) = HeldOut.Split(examples.Value, model.Seed);
        var features = model.Kind == CustomModelKinds.Text ? TextFeatures.Buckets : ImageFeatures.Length;
        var classifier = new TrainClassifier().Run(training, model.Labels, features, model.Seed, progress.Learning, cancel);
        return new Learned(classifier.Write(), Verdict.Of(classifier, judging));
    }

    private async Task Keep(ModelToTrain model, Learned learned, CancellationToken cancel)
    {
        using (var weights = new MemoryStream(learned.Weights)) await storage.Put(CustomModelKeys.Weights(model.AccountId, model.Id), weights, cancel);
        if (await rows.Complete(model.Id, learned.Verdict, cancel)) return;
        // Deleted meanwhile, or ended by another node.
        log.LogInformation("The custom model {Model} has ended already", model.Id);
        await clear.Erase(new(model.AccountId, model.Id), cancel);
    }

    private sealed record Learned(byte[] Weights, Verdict Verdict);
}
