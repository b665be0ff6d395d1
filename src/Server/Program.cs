using Rpd.Server;
using Rpd.Server.Database;
using Rpd.Server.Http;

try
{
    if (Commands.Find(args) is { } command) return await command();

    var builder = WebApplication.CreateBuilder(args);
    builder.ListenOnPort();
    await builder.AddPostgres();

    var app = builder.Build();
    app.MapGet("/health", () => Results.Ok(new { status = "ok" }));
    app.AnnounceAddress();
    await app.Serve();
    return 0;
}
catch (CannotStart refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}
