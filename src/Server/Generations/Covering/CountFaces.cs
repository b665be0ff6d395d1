namespace Rpd.Server.Generations.Covering;

/// <summary>How many faces a finished generation shows, for whoever is about to open it to others.</summary>
public sealed class CountFaces(OutputPictures pictures)
{
    /// <returns>0 also where nobody can tell: without the detector, publishing goes as it would without the question.</returns>
    public async Task<int> Run(Guid account, Guid generation, CancellationToken cancel)
    {
        var count = 0;
        foreach (var file in await pictures.Of(account, generation, cancel))
        {
            if (!file.Picture) continue;
            var found = await pictures.Look(file, paint: null, cancel);
            if (!found.Declined) count += found.Value.Faces.Count;
        }
        return count;
    }
}
