using Rpd.Server.Credits;
using Rpd.Server.CustomModels.Learning;
using Rpd.Server.Recognition;
using Rpd.Shared;
using Rpd.Shared.CustomModels;

namespace Rpd.Server.CustomModels.Predicting;

/// <summary>Asks a deployed model. An answer costs a credit, everything else nothing.</summary>
public sealed class PredictLabels(CustomModelQueries models, PlanModels plans, KeptClassifiers classifiers, PictureFeatures pictures, FaceWorkers places, PaidLook paid)
{
    /// <summary>As usage names it.</summary>
    private const string TextUse = "custom-text", ImageUse = "custom-image";

    public async Task<Outcome<PredictionView>> Run(Payer payer, Guid id, Question question, CancellationToken cancel)
    {
        if (await models.Find(payer.AccountId, id, cancel) is not { } model) return CustomModelQueries.Missing;
        if (plans.Refuse(payer.Plan) is { } without) return without;
        if (!model.Deployed) return Refusal.Conflict(model.Status == CustomModelStatus.Ready ? "The model is not deployed. Deploy it first." : "The model is not trained.");
        var text = model.Kind == CustomModelKinds.Text;
        if (text && question.Text is null) return Refusal.Invalid("text", "text is required: this model judges texts.");
        if (!text && question.Picture is null) return Refusal.Invalid("file", "file or url is required: this model judges pictures.");
        return await paid.Run(payer, PaidLook.BuiltIn, text ? TextUse : ImageUse, async () =>
        {
            var features = text ? TextFeatures.Of(question.Text!) : await OfPicture(question.Picture!, cancel);
            return features.Declined ? features.Refusal : Answer(id, await classifiers.Of(payer.AccountId, id, cancel), features.Value);
        }, _ => true, cancel);
    }

    private async Task<Outcome<FeatureVector>> OfPicture(Func<CancellationToken, Task<Outcome<byte[]>>> picture, CancellationToken cancel)
    {
        var file = await picture(cancel);
        if (file.Declined) return file.Refusal;
        // So many pictures of strangers are decoded at once, whatever they are decoded for.
        var place = await places.Enter(cancel);
        if (place.Declined) return place.Refusal;
        using (place.Value) return await pictures.Run(file.Value, cancel);
    }

    private static Outcome<PredictionView> Answer(Guid id, Classifier classifier, FeatureVector features)
    {
        var scores = classifier.Scores(features);
        LabelProbabilityView[] all = [.. classifier.Labels.Select((label, i) => new LabelProbabilityView(label, Math.Round(scores[i], 6))).OrderByDescending(one => one.Probability)];
        return new PredictionView(id, all[0].Label, all);
    }
}
