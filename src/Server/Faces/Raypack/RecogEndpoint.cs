using Rpd.Server.ApiKeys;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Recognition;
using Rpd.Server.Recognition.Tags;
using Rpd.Shared;

namespace Rpd.Server.Faces.Raypack;

/// <summary><c>POST /recog</c>: whatever a model finds in a picture, in that service's container.</summary>
internal static class RecogEndpoint
{
    public static async Task<IResult> Run(HttpContext http, FormPicture pictures, FindFaces faces, FindColours colours, TagPicture tags, PaidLook paid, TimeProvider time)
    {
        var began = time.GetUtcNow();
        var fields = http.Request.HasFormContentType ? Fields.Of(http.Request.Form) : Fields.Of(FormCollection.Empty);
        var asked = Model(fields.Text("model", 20)?.Trim());
        if (asked.Declined) return ApiAnswers.Refuse(asked.Refusal);
        var model = asked.Value;
        var language = fields.Word("lang", "de", "de", "en");
        var threshold = fields.Threshold(0.9m);
        var finder = (int)(fields.Integer("facefinder", 1, 3) ?? 1);
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);

        var picture = await pictures.Read(http.Request, http.RequestAborted);
        if (picture.Declined) return ApiAnswers.Refuse(picture.Refusal);
        var food = model.Id == RaypackModel.Food;
        var provider = model.Id is RaypackModel.General or RaypackModel.Food ? tags.ProviderOf(food) : PaidLook.BuiltIn;
        var seen = await paid.Run(http.Credential().Payer(RaypackFace.Name, began), provider, model.Usage, Look, results => results.Count > 0, http.RequestAborted);
        return seen.Declined ? ApiAnswers.Refuse(seen.Refusal)
            : Results.Json(Container.Of(seen.Value.With(new(model, picture.Value.Name, began, time.GetUtcNow()))), ApiAnswers.Json);

        async Task<Outcome<ContainerResults>> Look()
        {
            var (file, cancel) = (picture.Value.File, http.RequestAborted);
            switch (model.Id)
            {
                case RaypackModel.Faces or RaypackModel.FacesInParts:
                    var found = await faces.Run(file, new(finder, threshold), cancel);
                    return found.Declined ? found.Refusal : ContainerResults.Of(found.Value, inParts: model.Id == RaypackModel.FacesInParts);
                case RaypackModel.Colours:
                    var shades = await colours.Run(file, cancel);
                    return shades.Declined ? shades.Refusal : ContainerResults.Of(shades.Value);
                default:
                    var named = await tags.Run(file, food, language, cancel);
                    return named.Declined ? named.Refusal : ContainerResults.Of([.. named.Value.Where(tag => tag.Score >= threshold)]);
            }
        }
    }

    private static Outcome<RaypackModel> Model(string? id)
    {
        if (string.IsNullOrEmpty(id)) return RaypackErrors.NoModel(400, "Say which model: 1 general, 2 food, 4 or 41 faces, 9 colours.");
        if (RaypackModels.Find(id) is { } model) return model;
        return RaypackModels.IsUnavailable(id) ? RaypackErrors.NoModel(501, $"Model {id} does not work on this server: it has nothing that could stand behind it. Models 1, 2, 4, 41 and 9 do.")
            : RaypackErrors.NoModel(400, $"There is no model {id}. There are 1 general, 2 food, 4 and 41 faces, 9 colours.");
    }
}
