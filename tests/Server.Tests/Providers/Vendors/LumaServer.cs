using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>Luma's two interfaces on one host. Facts: notes on the Agents API of July 2026, Luma's SDK for Dream Machine.</summary>
internal sealed class LumaServer : VendorServer
{
    private const string AgentsKey = "luma-api-0123456789-abcdef", DreamKey = "luma-dream-9876543210-fedcba", Dream = "/dream-machine/v1/";
    private static readonly string[] Shapes = ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9"];
    private readonly ConcurrentDictionary<string, Generation> generations = new();

    private sealed record Generation(string Id, bool Old, string Kind, bool Refused)
    {
        public int Looks;
    }

    public override string Name => "luma";

    public override IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string> { ["ApiKey"] = AgentsKey, ["SecretKey"] = DreamKey };

    public override int Jobs => generations.Count;

    public override bool Starts(VendorRequest request) => request.Method == "POST";

    public override bool Asks(VendorRequest request) => request.Method == "GET" && request.Path.Contains("/generations/", StringComparison.Ordinal);

    protected override VendorSays Refusal(string what) => new(422, new JsonObject { ["detail"] = what });

    protected override Task<VendorSays> Answer(VendorRequest request) => Task.FromResult(Says(request));

    private VendorSays Says(VendorRequest request)
    {
        var old = request.Path.StartsWith(Dream, StringComparison.Ordinal);
        if (request.Header("Authorization") != $"Bearer {(old ? DreamKey : AgentsKey)}") return new(401, new JsonObject { ["detail"] = "Not authenticated" });
        return (request.Method, request.Path) switch
        {
            ("GET", "/v1/generations") => VendorSays.Ok(new JsonObject { ["data"] = new JsonArray() }),
            ("GET", Dream + "credits") => VendorSays.Ok(new JsonObject { ["credit_balance"] = 1000 }),
            ("POST", "/v1/generations") => Agents(request),
            ("POST", Dream + "generations/video") => Video(request),
            ("POST", Dream + "generations/image") => Still(request),
            ("GET", _) when Known(request) is { } generation && generation.Old == old => VendorSays.Ok(State(generation)),
            ("DELETE", _) when old && Known(request) is not null => new(204),
            _ => Wrong($"{request} is no route"),
        };
    }

    private Generation? Known(VendorRequest request) => generations.GetValueOrDefault(request.Path[(request.Path.LastIndexOf('/') + 1)..]);

    private JsonObject State(Generation generation)
    {
        var looks = Interlocked.Increment(ref generation.Looks);
        var state = looks <= Looks ? looks == 1 ? "queued" : generation.Old ? "dreaming" : "processing" : generation.Refused ? "failed" : "completed";
        var link = state == "completed" ? Link($"{generation.Id}-{looks}.{generation.Kind}") : null;
        var (kind, empty) = generation.Kind == "mp4" ? ("video", "image") : ("image", "video");
        var said = new JsonObject { ["id"] = generation.Id, ["state"] = state, ["failure_reason"] = state == "failed" ? "The prompt was refused" : null };
        if (generation.Old)
        {
            if (state == "failed") said["failure_reason"] = "Advanced moderation failed for frames";
            said["assets"] = link is null ? null : new JsonObject { [kind] = link, [empty] = null };
            return said;
        }
        if (state == "failed") said["failure_code"] = "content_moderated";
        said["output"] = link is null ? new JsonArray() : new JsonArray(new JsonObject { ["type"] = kind, ["url"] = link });
        return said;
    }

    private VendorSays Agents(VendorRequest request)
    {
        var check = new BodyCheck(request.Json);
        var type = check.Text("type", oneOf: ["image", "image_edit", "video", "video_edit", "video_reframe"]).Value("type") ?? "image";
        check.Text("model", required: true, oneOf: type.StartsWith("image", StringComparison.Ordinal) ? ["uni-1", "uni-1-max"] : ["ray-3.2"]).Text("prompt", required: type != "video_reframe", most: 6000);
        switch (type)
        {
            case "image":
                check.Text("aspect_ratio", oneOf: ["3:1", "2:1", "16:9", "3:2", "1:1", "2:3", "9:16", "1:2", "1:3"]);
                break;
            case "image_edit":
                check.Object("source", Source, required: true);
                break;
            case "video":
                check.Text("aspect_ratio", oneOf: Shapes).Object("video", video => video.Text("resolution", oneOf: ["360p", "540p", "720p", "1080p"]).Text("duration", oneOf: ["5s", "10s"]).Flag("loop").Flag("hdr")
                    .Object("start_frame", Source).Object("end_frame", Source), required: true);
                break;
            case "video_edit":
                check.Object("source", Clip, required: true).Object("video", video => video.Text("resolution", oneOf: ["540p", "720p", "1080p"]).Object("edit", edit =>
                {
                    var strength = edit.Text("strength", oneOf: [.. from way in new[] { "adhere", "flex", "reimagine" } from step in new[] { 1, 2, 3 } select $"{way}_{step}"]).Value("strength");
                    // One or the other.
                    if (strength is null) edit.Flag("auto_controls", required: true);
                }, required: true), required: true);
                break;
            default:
                check.Text("aspect_ratio", required: true, oneOf: Shapes).Object("source", Clip, required: true);
                break;
        }
        return Begin(request, check, old: false, type.StartsWith("image", StringComparison.Ordinal) ? "png" : "mp4", 201);
    }

    /// <summary>By address, or the file itself with its kind.</summary>
    private static void Source(BodyCheck source)
    {
        if (source.Value("data") is null) source.Link("url", required: true);
        else source.Media("data").Text("media_type", required: true);
    }

    private static void Clip(BodyCheck source)
    {
        if (source.Value("data") is null) source.Link("url", required: true).Text("media_type", required: true, oneOf: ["video/mp4"]);
        else Source(source);
    }

    private VendorSays Video(VendorRequest request)
    {
        var check = new BodyCheck(request.Json).Text("model", required: true, oneOf: ["ray-2", "ray-flash-2"]).Text("prompt").Link("callback_url").Text("aspect_ratio", oneOf: [.. Shapes, "9:21"])
            .Text("resolution", oneOf: ["540p", "720p", "1080p", "4k"]).Text("duration", oneOf: ["5s", "9s"]).Flag("loop").Items("concepts", concept => concept.Text("key", required: true))
            .Object("keyframes", frames => frames.Object("frame0", Frame).Object("frame1", Frame));
        return Begin(request, check, old: true, "mp4", 201);
    }

    private void Frame(BodyCheck frame)
    {
        if (frame.Text("type", required: true, oneOf: ["image", "generation"]).Value("type") == "image") frame.Link("url", required: true);
        else frame.Text("id", required: true, oneOf: [.. generations.Values.Where(one => one is { Old: true, Kind: "mp4" }).Select(one => one.Id), "none"]);
    }

    private VendorSays Still(VendorRequest request)
    {
        var check = new BodyCheck(request.Json).Text("model", required: true, oneOf: ["photon-1", "photon-flash-1"]).Text("prompt").Link("callback_url").Text("aspect_ratio", oneOf: [.. Shapes, "9:21"])
            .Object("modify_image_ref", image => image.Link("url", required: true).Number("weight", least: 0, most: 1));
        return Begin(request, check, old: true, "png", 201);
    }

    private VendorSays Begin(VendorRequest request, BodyCheck check, bool old, string kind, int status)
    {
        if (check.Wrong is { Count: > 0 } wrong) return Wrong($"{request}: {string.Join("; ", wrong)}");
        var generation = new Generation(Guid.NewGuid().ToString(), old, kind, check.Value("prompt")?.Contains("forbidden", StringComparison.Ordinal) == true);
        generations[generation.Id] = generation;
        return new(status, new JsonObject { ["id"] = generation.Id, ["state"] = "queued" });
    }
}
