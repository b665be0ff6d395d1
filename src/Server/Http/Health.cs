using System.Reflection;
using Npgsql;
using Rpd.Server.Storage;

namespace Rpd.Server.Http;

public static class Health
{
    private static readonly string Version = typeof(Health).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static void MapHealth(this WebApplication app)
    {
        app.MapMethods("/health", ["GET", "HEAD"], () => Results.Ok(new { status = "ok", version = Version }));
        app.MapMethods("/health/ready", ["GET", "HEAD"], Ready);
    }

    private static async Task<IResult> Ready(NpgsqlDataSource database, IStorage storage, ILogger<NpgsqlDataSource> log, CancellationToken cancel)
    {
        var checks = new Dictionary<string, string>
        {
            ["database"] = await Check(async () =>
            {
                await using var command = database.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancel);
            }),
            ["storage"] = await Check(() => storage.Put("health/ready", new MemoryStream([1]), cancel)),
        };
        var ready = checks.Values.All(state => state == "ok");
        return Results.Json(new { status = ready ? "ok" : "unavailable", checks }, statusCode: ready ? 200 : 503);

        async Task<string> Check(Func<Task> check)
        {
            try
            {
                await check();
                return "ok";
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "Not ready");
                return "failed";
            }
        }
    }
}
