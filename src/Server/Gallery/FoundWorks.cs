using Microsoft.Extensions.Caching.Memory;

namespace Rpd.Server.Gallery;

/// <summary>
/// Which works a search has found, for some seconds: a word that one work in two hundred has is walked to past four thousand of them. Only ids of whole
/// pages are kept; the works are read anew by the rule of <see cref="Works"/>, so that what is withdrawn is gone at once.
/// </summary>
public sealed class FoundWorks : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly MemoryCache pages = new(new MemoryCacheOptions { SizeLimit = 2_000 });

    public Guid[]? Find(string search) => pages.Get<Guid[]>(search);

    public void Keep(string search, Guid[] publications) => pages.Set(search, publications, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });

    public void Dispose() => pages.Dispose();
}
