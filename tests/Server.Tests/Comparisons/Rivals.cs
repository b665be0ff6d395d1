using System.Text.RegularExpressions;
using Rpd.Server.Providers;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Comparisons;

/// <summary>Two models of two providers that draw at once, and somebody who compares them.</summary>
internal sealed partial class Rivals : IAsyncDisposable
{
    private Rivals(App app, Caller caller, PageVisitor visitor, SecondProvider second) => (App, Caller, Visitor, Second) = (app, caller, visitor, second);

    public App App { get; }
    public Caller Caller { get; }
    public PageVisitor Visitor { get; }
    public SecondProvider Second { get; }

    public static async Task<Rivals> Start(TestPostgres postgres, long credits = 1000)
    {
        var second = new SecondProvider();
        var app = await App.Scripted(postgres, second);
        var caller = await app.Caller(credits);
        return new(app, caller, await PageVisitor.SignIn(app, caller.Account), second);
    }

    public static (string, string)[] Form(string prompt = "a hill", string request = "once", params string[] models) =>
        [("type", "text2image"), ("prompt", prompt), ("requestId", request), .. (models.Length > 0 ? models : ["studio-sketch", "sandbox-success"]).Select(model => ("models", model))];

    /// <returns>Its id, when all of it has ended.</returns>
    public async Task<Guid> Compared(string prompt = "a hill", string request = "once")
    {
        using var answer = await Visitor.Post("/compare", "/compare", Form(prompt, request));
        var id = Guid.Parse(Id().Match(answer.Headers.Location!.ToString()).Value);
        foreach (var one in await Ids(id)) await Caller.Ended(one);
        return id;
    }

    public async Task<Guid[]> Ids(Guid comparison) => await App.Scalar<Guid[]>("select array_agg(id order by id) from generations where comparison_id = $1", comparison);

    public ValueTask DisposeAsync() => App.DisposeAsync();

    [GeneratedRegex("[0-9a-f-]{36}")]
    private static partial Regex Id();

    internal sealed class SecondProvider : IProvider
    {
        private readonly ScriptedProvider hand = new();

        public string Name => "sandbox";

        public bool Fails { get; set; }

        public string? Unavailable(string model) => null;

        public Task<ProviderResult> Submit(ProviderRequest request, IProgress<int> progress, CancellationToken cancel) =>
            Fails ? Task.FromResult<ProviderResult>(new ProviderResult.Failed(ProviderFault.ContentPolicy, "Sandbox success did not want to.")) : hand.Submit(request, progress, cancel);
    }
}
