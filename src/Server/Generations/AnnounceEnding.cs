using Rpd.Server.Credits;
using Rpd.Server.Live;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>After the commit of an ending: pages hear of it, a run that is now pointless stops, and the gallery is drawn anew.</summary>
public sealed class AnnounceEnding(LiveFeed live, RunningGenerations running)
{
    public void After(EndedGeneration? ended)
    {
        if (ended is null) return;
        if (!ended.Test)
        {
            live.Tell(ended.AccountId, new Nudge(ended.Id, ended.Status, ended.Status == GenerationStatus.Completed ? 100 : 0, ended.Version));
            live.TellCount(CreditQueries.Spendable, ended.AccountId);
        }
        if (ended.Status != GenerationStatus.Completed) running.Stop(ended.Id);
        else if (ended.Visibility == Visibility.Public) live.GalleryChanged();
    }
}
