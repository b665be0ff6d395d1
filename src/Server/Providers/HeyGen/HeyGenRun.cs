using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.HeyGen;

/// <summary>
/// A job that HeyGen works on. What we remember of it is the path at which it is asked about; of an agent's video also its session, behind a <c>#</c>.
/// </summary>
internal static class HeyGenRun
{
    public const string Agents = "/v3/video-agents/";
    private const string Videos = "/v3/videos";

    /// <summary>A video takes minutes.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    public static string? Of(string route, JsonElement id) => id.Text() is { } text ? $"{route}/{Uri.EscapeDataString(text)}" : null;

    /// <param name="video">An agent may have none yet.</param>
    public static string? Of(JsonElement session, JsonElement video) => session.Text() is not { } agent ? Of(Videos, video)
        : Of(Videos, video) is { } path ? $"{path}#{Uri.EscapeDataString(agent)}" : Agents + Uri.EscapeDataString(agent);

    public static (string Path, string? Session) Read(string upstreamId) => upstreamId.Split('#') is [var path, var session] ? (path, session)
        : (upstreamId, upstreamId.StartsWith(Agents, StringComparison.Ordinal) ? upstreamId[Agents.Length..] : null);

    public static VendorReply Asked(string upstreamId, VendorAnswer answer)
    {
        var data = answer.At("data");
        return upstreamId.StartsWith(Agents, StringComparison.Ordinal) ? Agent(data) : Video(data);
    }

    private static VendorReply Video(JsonElement data) => data.At("status").Text() switch
    {
        "completed" => VendorOutput.At(data.At("video_url").Text()) is { } made ? new VendorReply.Made([made with { UpstreamId = data.At("id").Text() }])
            : new VendorReply.Unknown("HeyGen finished the video and did not say where it is."),
        "failed" => HeyGenFailures.Of(data.At("failure_code").Text(), data.At("failure_message").Text()),
        _ => new VendorReply.Working(Poll),
    };

    private static VendorReply Agent(JsonElement data)
    {
        if (data.At("status").Text() == "failed")
            return HeyGenFailures.Of(null, data.At("messages").Items().FirstOrDefault(message => message.At("type").Text() == "error").At("content").Text());
        var progress = data.At("progress").Number(100);
        return Of(Videos, data.At("video_id")) is { } video
            ? new VendorReply.Next(VendorCall.Get(video), answer => Video(answer.At("data")) is VendorReply.Working working ? working with { Progress = (int?)progress } : Video(answer.At("data")))
            : new VendorReply.Working(Poll, (int?)progress);
    }
}
