namespace Rpd.Server.Providers.Studio;

/// <summary>A model's ways to say no, and the part of the whole progress that one step may report.</summary>
internal static class Answer
{
    public static ProviderResult.Failed Invalid(string message) => new(ProviderFault.InvalidInput, message);

    public static ProviderResult.Failed Broken(string message) => new(ProviderFault.Internal, message);

    public static ProviderResult.Finished Finished(string path, IProgress<int> progress)
    {
        progress.Report(100);
        return new([new ProviderOutput(path)]);
    }
}

/// <param name="index">Of <paramref name="count"/> equal parts.</param>
internal sealed class Share(IProgress<int> whole, int index, int count) : IProgress<int>
{
    public void Report(int value) => whole.Report((index * 100 + value) / count);
}
