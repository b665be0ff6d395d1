using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Webhooks;

/// <summary>The verifier that receivers install from npm (<c>standardwebhooks</c>), run by node.</summary>
internal static class PublicVerifier
{
    private static readonly string Folder = Path.Combine(Source.Root, "tests/Server.Tests/Webhooks/verifier");
    private static readonly Lazy<Task> Installed = new(Install);

    /// <returns>Null when it accepts the message, otherwise what it says.</returns>
    public static async Task<string?> Refuses(string secret, Message message)
    {
        await Installed.Value;
        var headers = new Dictionary<string, string> { ["webhook-id"] = message.Id, ["webhook-timestamp"] = $"{message.Timestamp}", ["webhook-signature"] = message.Signature };
        var line = await Run("node", ["verify.mjs"], JsonSerializer.Serialize(new { secret, headers, body = message.Body }));
        var answer = JsonDocument.Parse(line).RootElement;
        return answer.GetProperty("ok").GetBoolean() ? null : answer.GetProperty("error").GetString();
    }

    private static async Task Install()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules/standardwebhooks"))) await Run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], "");
    }

    private static async Task<string> Run(string program, string[] args, string input)
    {
        var (exitCode, output, errors) = await ChildProcess.Run(new(program, args) { WorkingDirectory = Folder }, input);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{program}: {errors}");
    }
}
