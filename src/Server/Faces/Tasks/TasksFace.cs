using System.Text.Json;
using Rpd.Server.ApiKeys;
using Rpd.Server.Catalog;
using Rpd.Server.Faces.OpenAi;
using Rpd.Server.Generations;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Server.Prompts;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.Faces.Tasks;

/// <summary>
/// The face of clients that submit a task and poll it, below <c>/api/v1</c> (docs/api/tasks.md). All calls of an account share <see cref="SecondWindows"/>; submitting
/// draws on the plan's bucket of generations as well, polling on no other.
/// </summary>
public static class TasksFace
{
    public const string Name = "tasks", Prefix = "/api/v1";

    public static readonly Face Face = new(Name, [Prefix], TaskErrors.Refuse);

    public static readonly JsonSerializerOptions Json = new(ApiAnswers.Json) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IServiceCollection AddTasksFace(this IServiceCollection services) => services.AddSingleton(Face).AddSingleton<SecondWindows>();

    public static void MapTasksFace(this IEndpointRouteBuilder app)
    {
        var face = app.MapFace(Prefix).AddEndpointFilter(Limit);
        var starts = face.MapGroup("").LimitedByPlan();
        foreach (var kind in TaskKind.All)
            starts.MapPost($"/{kind.Path}/generations", (HttpContext http, ModelCatalog catalog, IOwnKeys keys, InputLengths lengths, StartGeneration start, Moderation moderation, TimeProvider time) =>
                TaskCalls.Submit(kind, http, catalog, keys, lengths, start, moderation, time)).Needs(Scopes.Generate).LimitedAsGeneration();
        face.MapChatCompletions(Name);
        face.MapGet("/tasks/{task}", TaskCalls.Read).Needs(Scopes.Read);
        face.MapGet("/balance", TaskCalls.Balance).Needs(Scopes.Read);
        face.MapGet("/models", TaskCalls.Models).Needs(Scopes.Read);
    }

    private static async ValueTask<object?> Limit(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var admission = http.RequestServices.GetRequiredService<SecondWindows>().Take(http.Credential().AccountId);
        RateLimits.Write(http.Response, admission);
        return admission.Admitted ? await next(context)
            : TaskErrors.Answer(http, TaskErrors.TooFast, $"{SecondWindows.PerSecond} requests a second are allowed, polling included. Try again in 1 s.");
    }
}
