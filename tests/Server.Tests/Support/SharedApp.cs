namespace Rpd.Server.Tests.Support;

/// <summary>
/// One server for all tests of a class, each of which makes its own accounts and looks at nothing else. Starting a server is most of what a small test costs:
/// who changes settings, counts what all have, or leaves something behind starts one for itself.
/// </summary>
public class SharedApp(TestPostgres postgres) : IAsyncLifetime
{
    private App? app;

    public App App => app ?? throw new InvalidOperationException("The class fixture has not been started.");

    public async ValueTask InitializeAsync() => app = await Start(postgres);

    public virtual async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task<App> Start(TestPostgres on) => App.Start(on);
}

/// <summary>The same with <see cref="ScriptedProvider"/> in the place of Studio.</summary>
public sealed class SharedScriptedApp(TestPostgres postgres) : SharedApp(postgres)
{
    protected override Task<App> Start(TestPostgres on) => App.Scripted(on);
}
