using Rpd.Shared;

namespace Rpd.Server.Analysis;

/// <summary>Somebody who looks at texts or pictures: this server itself, a cloud, a chat model.</summary>
public interface IAnalyst
{
    /// <summary>As requests and answers name it.</summary>
    string Name { get; }

    bool Does(AnalysisTask task);

    /// <summary>Null when it can be asked; otherwise one sentence that names the setting or the package that is missing.</summary>
    /// <param name="task">One that it does.</param>
    string? Missing(AnalysisTask task);

    /// <returns>The result in its own shape, as it goes out. A refusal costs nothing.</returns>
    Task<Outcome<object>> Run(AnalysisRequest request, CancellationToken cancel);
}
