using Rpd.Shared.Analysis;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>
/// What a text names, by rules and lists: addresses, dates, sums and measures, places, and capitalised names. At each place of the text the rules are asked
/// in this order and the first that finds something wins. A score says how sure a rule is; it is not measured on the text.
/// </summary>
internal static class FindEntities
{
    public static EntitiesResult Run(string text, string language)
    {
        var reader = new EntityReader(text, language);
        var places = new CodePoints(text);
        var found = new List<FoundEntity>();
        for (var at = 0; at < reader.Count;)
        {
            if ((reader.Address(at) ?? reader.Date(at) ?? reader.Quantity(at) ?? reader.Place(at) ?? reader.Name(at)) is not { } entity)
            {
                at++;
                continue;
            }
            var from = places.At(entity.Start);
            found.Add(new(entity.Score, entity.Type, text[entity.Start..entity.End], from, places.At(entity.End)));
            at = entity.Next;
        }
        return new(found);
    }
}

/// <param name="Next">The token at which the search goes on.</param>
internal sealed record Entity(string Type, double Score, int Start, int End, int Next);
