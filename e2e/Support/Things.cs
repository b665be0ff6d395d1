namespace Rpd.E2E.Support;

/// <summary>They are made as programs make them; whoever follows and likes is a second person.</summary>
public sealed partial record Things
{
    public static async Task<Things> Make(Site site, string email)
    {
        var owner = await ApiClient.Of(site, email, plan: "pro");
        var fan = await ApiClient.Of(site, "fan." + email);
        var webhook = await Id("/v1/webhooks", $$"""{"url":"{{site.Address}}/health","events":["generation.completed"]}""");
        var work = await owner.Publish("A fox in a snowy forest", "Winter fox");
        var veiled = await owner.Publish("A bather at a lake", "Bather");
        await owner.Patch($"/v1/generations/{veiled}", """{"mature":true}""");
        var template = await Id("/v1/templates", """{"title":"Lighthouse","type":"text2image","prompt":"A lighthouse in {weather}","model":"studio-sketch"}""");
        var collection = await Id("/v1/collections", """{"name":"Winter","visibility":"public"}""");
        await owner.Post($"/v1/collections/{collection}/items", $$"""{"generationId":"{{work}}"}""");
        var compared = await owner.Post("/v1/generations/compare", """{"type":"text2image","prompt":"A fox","models":[{"provider":"studio","model":"studio-sketch"},{"provider":"sandbox","model":"sandbox-success"}]}""");
        foreach (var run in compared.GetProperty("generations").EnumerateArray()) await owner.Finished(run.GetProperty("id").GetString()!);
        await fan.Post($"/v1/social/follow/@{owner.Handle}", "{}");
        await owner.Post($"/v1/social/follow/@{fan.Handle}", "{}");
        foreach (var somebody in new[] { owner, fan }) await somebody.Post($"/v1/explore/{work}/like", "{}");
        return new(email, owner.Handle, work, veiled, template, collection, compared.GetProperty("comparisonId").GetString()!, webhook, await Delivery(), await CustomModel());

        async Task<string> Id(string path, string body) => (await owner.Post(path, body)).GetProperty("id").GetString()!;
        async Task<string> CustomModel()
        {
            var csv = "text,label\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"a lovely lamp {i},praise\na broken lamp {i},complaint\n"));
            var model = await Id("/v1/custom-models", $$"""{"name":"Support mail","kind":"text","file":"data:text/csv;base64,{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(csv))}}"}""");
            await owner.Until($"/v1/custom-models/{model}", state => state.GetProperty("status").GetString() == "ready");
            await owner.Post($"/v1/custom-models/{model}/deploy", "{}");
            return model;
        }
        async Task<string> Delivery() => (await owner.Until($"/v1/webhooks/{webhook}/deliveries", list => list.GetArrayLength() > 0))[0].GetProperty("id").GetString()!;
    }
}
