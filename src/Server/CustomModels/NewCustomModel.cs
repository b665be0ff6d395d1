using Rpd.Server.Http;
using Rpd.Shared.CustomModels;

namespace Rpd.Server.CustomModels;

/// <summary>A model as it was asked for, by a program or by a form.</summary>
public sealed record NewCustomModel(string Name, string Kind, int Seed)
{
    public const int NameMax = 80, SeedUsual = 1;

    /// <returns>Of any use only when <paramref name="fields"/> know of nothing wrong.</returns>
    public static NewCustomModel Read(Fields fields) => new(
        fields.Text("name", NameMax, required: true)?.Trim() ?? "",
        fields.Choice("kind", CustomModelKinds.All, required: true) ?? "",
        (int)(fields.Integer("seed", 0, int.MaxValue) ?? SeedUsual));
}
