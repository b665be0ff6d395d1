using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.ComfyUi;

/// <summary>
/// A ComfyUI of one's own. Files are uploaded, a workflow is put into its queue under our own id, and found there until it stands in the history with what it
/// has made. Neither outlives a restart: what is in none of them is lost, and made anew. Facts: ComfyUI's server; own ids are taken since July 2025.
/// </summary>
public sealed class ComfyUiVendor : Vendor
{
    private const string Folder = "rpd-create";
    private static readonly string[] Policy = ["nsfw", "safety checker", "unsafe content"];
    private static readonly string[] OutOfBounds = ["value_smaller_than_min", "value_bigger_than_max", "invalid_input_type"];
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    public override string Name => "comfyui";

    public override bool OpenToPeople => false;

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? "http://127.0.0.1:8188";

    public override string? Missing(VendorAccess access, string upstreamModel) => string.IsNullOrEmpty(access.Workflows) ? "Set Providers:comfyui:Workflows, and BaseUrl." : null;

    // Itself it asks for no key; what is put before it may.
    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        if (session.Access.ApiKey is { Empty: false } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job)
    {
        // Somebody has taken the file away: the answer to a question that starts nothing brings the refusal.
        if (Read(job) is not { } workflow) return VendorCall.Get("/queue");
        return workflow.Files(job) is [var first, ..] ? Upload(job, first.File) : Put(job, workflow, new Dictionary<string, string>());
    }

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer)
    {
        if (Read(job) is not { } workflow) return Failed(ProviderFault.Unavailable, $"There is no workflow {job.UpstreamModel} in the folder of Providers:comfyui:Workflows.");
        var files = workflow.Files(job);
        return files.Count == 0 ? Taken(answer) : Uploaded(job, workflow, files, new Dictionary<string, string>(), answer);
    }

    public override VendorCall Ask(VendorJob job, string upstreamId) => VendorCall.Get("/queue");

    // The queue first: a run leaves it for the history, never the other way.
    public override VendorReply Asked(VendorJob job, string upstreamId, VendorAnswer answer)
    {
        if (answer.At("queue_running").ValueKind != JsonValueKind.Array) return new VendorReply.Unknown("ComfyUI did not say what it is working on.");
        return answer.At("queue_running").Items().Concat(answer.At("queue_pending").Items()).Any(run => run.Items().ElementAtOrDefault(1).Text() == upstreamId)
            ? new VendorReply.Working(Poll) : new VendorReply.Next(VendorCall.Get($"/history/{Uri.EscapeDataString(upstreamId)}"), history => Ended(job, history.At(upstreamId)));
    }

    // What is not there by our id is found to be lost with the next question, and made anew.
    public override VendorCall? Find(VendorJob job) => VendorCall.Get("/queue");

    public override string? Found(VendorJob job, VendorAnswer answer) => job.Id.ToString();

    // Waiting or running, whichever it is.
    public override bool Cancels => true;

    public override IReadOnlyList<VendorCall> Stop(VendorJob job, string upstreamId) =>
        [VendorCall.Post("/queue", new JsonObject { ["delete"] = new JsonArray(upstreamId) }), VendorCall.Post("/interrupt", new JsonObject { ["prompt_id"] = upstreamId })];

    public override VendorReply.Failed Fault(VendorAnswer answer)
    {
        var nodes = answer.At("node_errors") is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject().SelectMany(node => node.Value.At("errors").Items()).ToArray() : [];
        var said = nodes.Select(error => $"{error.At("message").Text()} {error.At("details").Text()}".Trim()).Prepend(answer.At("error", "message").Text() ?? answer.At("error").Text()).OfType<string>().ToArray();
        // A value of the customer's that a node does not take; everything else is a matter of the workflow and what is installed.
        var fault = answer.Status != 400 ? Usual(answer.Status) : nodes.Length > 0 && nodes.All(error => OutOfBounds.Contains(error.At("type").Text())) ? ProviderFault.InvalidInput : ProviderFault.Internal;
        return Failed(fault, said.Length > 0 ? string.Join(": ", said) : answer.Text);
    }

    public override VendorCall Probe(VendorAccess access) => VendorCall.Get("/queue");

    private static Workflow? Read(VendorJob job) => job.Access.Workflows is { Length: > 0 } folder ? Workflow.Read(folder, job.UpstreamModel) : null;

    private static VendorCall Upload(VendorJob job, MediaInput file) => new(HttpMethod.Post, "/upload/image")
    {
        Form = [VendorPart.Of("image", file), VendorPart.Of("type", "input"), VendorPart.Of("subfolder", $"{Folder}/{job.Id:N}"), VendorPart.Of("overwrite", "true")],
    };

    private VendorReply Uploaded(VendorJob job, Workflow workflow, IReadOnlyList<(string Name, MediaInput File)> files, IReadOnlyDictionary<string, string> before, VendorAnswer answer)
    {
        if (answer.At("name").Text() is not { } name) return Failed(ProviderFault.Unavailable, "ComfyUI took a file and did not say its name.");
        var known = new Dictionary<string, string>(before) { [files[before.Count].Name] = answer.At("subfolder").Text() is { } folder ? $"{folder}/{name}" : name };
        return known.Count < files.Count
            ? new VendorReply.Next(Upload(job, files[known.Count].File), next => Uploaded(job, workflow, files, known, next)) : new VendorReply.Next(Put(job, workflow, known), Taken);
    }

    private static VendorCall Put(VendorJob job, Workflow workflow, IReadOnlyDictionary<string, string> files) =>
        VendorCall.Create("/prompt", new JsonObject { ["prompt"] = workflow.Fill(job, files), ["client_id"] = Folder, ["prompt_id"] = job.Id.ToString() });

    private static VendorReply Taken(VendorAnswer answer) => answer.At("prompt_id").Text() is { } id
        ? new VendorReply.Taken(id, Poll) : new VendorReply.Unknown("ComfyUI accepted the workflow and did not say its id.");

    private VendorReply Ended(VendorJob job, JsonElement run)
    {
        if (run.ValueKind != JsonValueKind.Object) return Failed(ProviderFault.Internal, "ComfyUI does not know the run any more: it was started anew.");
        if (run.At("status", "status_str").Text() == "error") return Broken(run.At("status", "messages"));
        var files = run.At("outputs") is { ValueKind: JsonValueKind.Object } nodes
            ? nodes.EnumerateObject().SelectMany(node => node.Value.ValueKind == JsonValueKind.Object ? node.Value.EnumerateObject().SelectMany(kind => kind.Value.Items()) : []).Where(file => file.At("filename").Text() is not null).ToArray() : [];
        // Previews lie beside what is saved; where nothing is saved they are all there is.
        var saved = files.Where(file => file.At("type").Text() == "output").ToArray();
        var outputs = (saved.Length > 0 ? saved : files).Select(file => VendorOutput.By(VendorCall.Get(View(file))) with { Seed = Workflow.Seed(job) }).ToArray();
        return outputs.Length > 0 ? new VendorReply.Made(outputs) : Failed(ProviderFault.Internal, "The workflow has ended and saved nothing.");
    }

    private static string View(JsonElement file) =>
        $"/view?filename={Uri.EscapeDataString(file.At("filename").Text()!)}&subfolder={Uri.EscapeDataString(file.At("subfolder").Text() ?? "")}&type={Uri.EscapeDataString(file.At("type").Text() ?? "output")}";

    /// <summary>Messages are pairs of a name and what belongs to it.</summary>
    private VendorReply Broken(JsonElement messages)
    {
        var told = messages.Items().Select(message => message.Items().ToArray()).Where(message => message.Length == 2).DistinctBy(message => message[0].Text()).ToDictionary(message => message[0].Text() ?? "", message => message[1]);
        if (told.ContainsKey("execution_interrupted")) return Failed(ProviderFault.TimedOut, "The run was interrupted at ComfyUI.");
        var what = told.GetValueOrDefault("execution_error").At("exception_message").Text();
        return Failed(what is not null && Policy.Any(word => what.Contains(word, StringComparison.OrdinalIgnoreCase)) ? ProviderFault.ContentPolicy : ProviderFault.Internal, what);
    }
}
