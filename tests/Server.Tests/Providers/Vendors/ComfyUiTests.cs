using System.Text.Json;
using Rpd.Server.Providers;
using Rpd.Server.Providers.ComfyUi;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class ComfyUiTests(TestPostgres postgres, SharedVendor shared, ComfyUiTests.Workflows workflows) : Conformance(postgres, shared), IClassFixture<ComfyUiTests.Workflows>
{
    private readonly TestPostgres postgres = postgres;

    private const string Picture = """
        {"model":{"displayName":"My checkpoint","supportedTypes":["text2image"],"creditCostPerImage":1,"params":{"seed":true,"negativePrompt":true,"steps":[1,50],"sizes":["1024x1024","768x1344"]}},
         "workflow":{
          "3":{"class_type":"KSampler","inputs":{"seed":"{{seed}}","steps":"{{steps=20}}","cfg":7.5}},
          "5":{"class_type":"EmptyLatentImage","inputs":{"width":"{{width=1024}}","height":"{{height=1024}}","batch_size":1}},
          "6":{"class_type":"CLIPTextEncode","inputs":{"text":"{{prompt}}, masterpiece"}},
          "7":{"class_type":"CLIPTextEncode","inputs":{"text":"{{negativePrompt}}"}},
          "9":{"class_type":"SaveImage","inputs":{"filename_prefix":"rpd"}}}}
        """;

    private const string Film = """
        {"model":{"displayName":"My animation","supportedTypes":["image2video"],"billingUnit":"second","creditCostPerSecond":1,"requiredInputs":{"image2video":["image"]},"params":{"durations":[2,4]}},
         "workflow":{
          "4":{"class_type":"LoadImage","inputs":{"image":"{{image}}"}},
          "6":{"class_type":"CLIPTextEncode","inputs":{"text":"{{prompt}} for {{duration}} seconds"}},
          "9":{"class_type":"SaveVideo","inputs":{"filename_prefix":"rpd"}}}}
        """;

    private protected override VendorServer Vendor() => new ComfyUiServer(workflows.Folder);

    private protected override (string Model, string Type) Usual => ("my-checkpoint", "text2image");

    [Fact]
    public async Task What_was_asked_for_stands_where_the_workflow_has_placeholders()
    {
        await using var world = await VendorWorld.Start(postgres, Vendor());
        var request = world.Request(world.Catalog.Find("my-checkpoint")!, "text2image", "A fox");
        request["negativePrompt"] = "rain";
        request["params"] = new { seed = 7, steps = 30, size = "768x1344" };
        var (_, answer) = await world.Caller.Post("/v1/generations", request);
        var id = answer.GetProperty("data").GetProperty("id").GetGuid();
        await world.Ended(id);

        var graph = world.Vendor.Requests.Single(world.Vendor.Starts).Json.GetProperty("prompt");

        Assert.Equal("""{"seed":7,"steps":30,"cfg":7.5}""", graph.GetProperty("3").GetProperty("inputs").GetRawText());
        Assert.Equal("""{"width":768,"height":1344,"batch_size":1}""", graph.GetProperty("5").GetProperty("inputs").GetRawText());
        Assert.Equal("A fox, masterpiece", graph.GetProperty("6").GetProperty("inputs").GetProperty("text").GetString());
        Assert.Equal("rain", graph.GetProperty("7").GetProperty("inputs").GetProperty("text").GetString());
        Assert.Equal(7, await world.App.Scalar<long>("select min(seed) from outputs where generation_id = $1", id));
    }

    [Fact]
    public async Task What_a_restart_has_lost_is_made_anew()
    {
        await using var world = await VendorWorld.Start(postgres, Vendor());
        var server = (ComfyUiServer)world.Vendor;
        server.Once(server.Asks, _ =>
        {
            server.Forget();
            return Task.FromResult(false);
        });

        var ended = await world.Run(world.Catalog.Find("my-checkpoint")!, "text2image");

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal(2, server.Requests.Count(server.Starts));
    }

    /// <summary>The operator's folder.</summary>
    public sealed class Workflows : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

        public Workflows()
        {
            File.WriteAllText(Path.Combine(Folder, "my-checkpoint.json"), Picture);
            File.WriteAllText(Path.Combine(Folder, "my-animation.json"), Film);
        }

        public string Folder => folder.FullName;

        public void Dispose() => folder.Delete(recursive: true);
    }
}

/// <summary>What is read without a server.</summary>
public sealed class ComfyUiReadingTests
{
    private static readonly ComfyUiVendor Vendor = new();
    private static readonly VendorJob Job = new(Guid.CreateVersion7(), new(Guid.Empty, "text2image", "m", "A fox", null, new Dictionary<string, JsonElement>(), 1, ""), "m", "", 1, null) { Access = new() };

    [Theory]
    [InlineData(400, """{"error":{"type":"prompt_outputs_failed_validation","message":"Prompt outputs failed validation"},"node_errors":{"3":{"errors":[{"type":"value_bigger_than_max","message":"Value 900 bigger than max of 100","details":"steps"}]}}}""", ProviderFault.InvalidInput)]
    [InlineData(400, """{"error":{"type":"prompt_outputs_failed_validation","message":"Prompt outputs failed validation"},"node_errors":{"4":{"errors":[{"type":"value_not_in_list","message":"Value not in list","details":"ckpt_name"}]}}}""", ProviderFault.Internal)]
    [InlineData(400, """{"error":{"type":"missing_node_type","message":"Node X does not exist"},"node_errors":{}}""", ProviderFault.Internal)]
    [InlineData(401, "no", ProviderFault.InsufficientQuota)]
    [InlineData(502, "no", ProviderFault.Unavailable)]
    public void Each_refusal_is_one_of_our_faults(int status, string body, ProviderFault fault) => Assert.Equal(fault, Vendor.Fault(Answers.Of(status, body)).Fault);

    [Fact]
    public void A_run_fails_with_what_its_node_said()
    {
        var failed = Assert.IsType<VendorReply.Failed>(Ended("""{"r":{"outputs":{},"status":{"status_str":"error","messages":[["execution_error",{"exception_message":"Out of memory"}]]}}}"""));
        Assert.Equal((ProviderFault.Internal, "Out of memory"), (failed.Fault, failed.Message));
        Assert.Equal(ProviderFault.TimedOut, Assert.IsType<VendorReply.Failed>(Ended("""{"r":{"status":{"status_str":"error","messages":[["execution_interrupted",{}]]}}}""")).Fault);
        Assert.Equal(ProviderFault.Internal, Assert.IsType<VendorReply.Failed>(Ended("{}")).Fault);
    }

    [Fact]
    public void All_that_is_saved_is_fetched_by_its_name()
    {
        var made = Assert.IsType<VendorReply.Made>(Ended("""{"r":{"outputs":{"1":{"images":[{"filename":"p.png","type":"temp"}]},"9":{"gifs":[{"filename":"a b.mp4","subfolder":"x","type":"output"}],"text":["done"]}},"status":{"status_str":"success"}}}"""));
        Assert.Equal("/view?filename=a%20b.mp4&subfolder=x&type=output", Assert.Single(made.Outputs).Call!.Address);
    }

    [Fact]
    public void Stopping_takes_it_from_the_queue_and_interrupts_it() => Assert.Equal(["/queue {\"delete\":[\"r\"]}", "/interrupt {\"prompt_id\":\"r\"}"], Vendor.Stop(Job, "r").Select(call => $"{call.Address} {call.Json!.ToJsonString()}"));

    [Fact]
    public void A_workflow_that_has_gone_is_the_operators_trouble()
    {
        Assert.False(Vendor.Submit(Job).Creates);
        Assert.Equal(ProviderFault.Unavailable, Assert.IsType<VendorReply.Failed>(Vendor.Submitted(Job, Answers.Of(200, "{}"))).Fault);
    }

    private static VendorReply Ended(string history) =>
        Assert.IsType<VendorReply.Next>(Vendor.Asked(Job, "r", Answers.Of(200, """{"queue_running":[],"queue_pending":[]}"""))).Read(Answers.Of(200, history));
}
