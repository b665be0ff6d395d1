using Rpd.Server.Http;
using Rpd.Server.Recognition;
using Rpd.Server.Recognition.Tags;

namespace Rpd.Server.Faces.Raypack;

/// <param name="Id">The number that a form says.</param>
/// <param name="Usage">As usage names it.</param>
internal sealed record RaypackModel(string Id, string Name, string Usage, string Description, string[] Parameters)
{
    public const string General = "1", Food = "2", Faces = "4", FacesInParts = "41", Colours = "9";
}

/// <summary><c>POST /getmodels</c>, and what the numbers of models mean.</summary>
internal static class RaypackModels
{
    private static readonly RaypackModel[] All =
    [
        new(RaypackModel.General, "Raypack_General", "recognition-general", "Things, living beings and places in the picture.", ["file", "url", "threshold", "lang"]),
        new(RaypackModel.Food, "Raypack_Food", "recognition-food", "Dishes, foods and ingredients in the picture.", ["file", "url", "threshold", "lang"]),
        new(RaypackModel.Faces, "Raypack_Face", PaidLook.Faces, "Faces, as boxes in pixels.", ["file", "url", "threshold", "facefinder"]),
        new(RaypackModel.FacesInParts, "Raypack_Face_Relative", PaidLook.Faces, "Faces, as boxes in fractions of the picture's sides.", ["file", "url", "threshold", "facefinder"]),
        new(RaypackModel.Colours, "Raypack_Colors", "recognition-colours", "The colours that the picture is made of, with their names and shares.", ["file", "url"]),
    ];

    // That service has these numbers; nothing stands behind them here.
    private static readonly string[] Unavailable = ["3", "5", "6", "7", "8", "10"];

    public static RaypackModel? Find(string id) => Array.Find(All, model => model.Id == id);

    public static bool IsUnavailable(string id) => Unavailable.Contains(id);

    public static IResult Run(TagPicture tags) =>
        Results.Json(new { models = All.Select(model => new { model.Id, model.Name, Description = Described(model, tags), model.Parameters, PaidLook.Credits }) }, ApiAnswers.Json);

    private static string Described(RaypackModel model, TagPicture tags) =>
        model.Id is RaypackModel.General or RaypackModel.Food && tags.ProviderOf(model.Id == RaypackModel.Food).Length == 0 ? model.Description + " Not configured on this server." : model.Description;
}
