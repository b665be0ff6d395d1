namespace Rpd.E2E.Support;

/// <summary>They are made as programs make them; whoever follows and likes is a second person.</summary>
public sealed partial record Things
{
    public static async Task<Things> Make(Site site, string email)
    {
        var owner = await ApiClient.Of(site, email);
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
        return new(email, owner.Handle, work, veiled, template, collection, compared.GetProperty("comparisonId").GetString()!, webhook, await Delivery());

        async Task<string> Id(string path, string body) => (await owner.Post(path, body)).GetProperty("id").GetString()!;
        async Task<string> Delivery() => (await owner.Until($"/v1/webhooks/{webhook}/deliveries", list => list.GetArrayLength() > 0))[0].GetProperty("id").GetString()!;
    }
}
