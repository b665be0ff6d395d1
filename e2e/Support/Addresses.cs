namespace Rpd.E2E.Support;

/// <summary>
/// Every page of the product, for what must hold on all of them. A new page adds its line here; states that look different (nothing found, an error)
/// have a line of their own.
/// </summary>
public static class Addresses
{
    /// <summary>What a stranger can see.</summary>
    public static IReadOnlyList<string> Public(Things things) =>
    [
        "/",
        "/explore",
        "/explore?q=nothinghasthisword",
        $"/works/{things.Work}",
        "/models",
        "/models?q=nothinghasthisword",
        "/models/studio-sketch",
        "/models/kling-3.0",
        "/models/studio-voice",
        "/templates",
        "/pricing",
        "/docs",
        "/docs/models",
        "/sign-in",
        "/sign-up",
        "/forgot-password",
        $"/@{things.Handle}",
        $"/@{things.Handle}/collections",
        $"/@{things.Handle}/followers",
        $"/collections/{things.Collection}",
        "/no-such-page",
    ];

    /// <summary>What only the owner of the things can see, and public pages that look different to somebody signed in.</summary>
    public static IReadOnlyList<string> Own(Things things) =>
    [
        "/playground",
        "/playground?type=text2video&model=studio-motion",
        "/library",
        "/library?q=nothinghasthisword",
        $"/library/{things.Work}",
        "/keys",
        "/credits",
        "/settings",
        "/settings/security",
        "/settings/security/two-factor",
        "/settings/sessions",
        "/settings/notifications",
        "/settings/content",
        "/settings/data",
        "/compare",
        $"/compare/{things.Comparison}",
        "/collections",
        $"/collections/{things.Collection}",
        "/following",
        "/notifications",
        $"/@{things.Handle}",
        "/tokens",
        "/webhooks",
        $"/webhooks/{things.Webhook}",
        "/events",
        "/usage",
        $"/works/{things.Work}/report",
        $"/works/{things.Work}/collect",
        "/templates",
        "/templates/new",
        $"/templates/{things.Template}",
        "/pricing",
        $"/works/{things.Work}",
    ];
}

/// <summary>Somebody with a published work, a template of their own and the rest that fills pages.</summary>
public sealed record Things(string Email, string Handle, string Work, string Template, string Collection, string Comparison, string Webhook)
{
    public static async Task<Things> Make(Site site, string email)
    {
        var owner = await ApiClient.Of(site, email);
        var work = await owner.Publish("A fox in a snowy forest", "Winter fox");
        var template = await Id("/v1/templates", """{"title":"Lighthouse","type":"text2image","prompt":"A lighthouse in {weather}","model":"studio-sketch"}""");
        var collection = await Id("/v1/collections", """{"name":"Winter","visibility":"public"}""");
        await owner.Post($"/v1/collections/{collection}/items", $$"""{"generationId":"{{work}}"}""");
        var compared = await owner.Post("/v1/generations/compare", """{"type":"text2image","prompt":"A fox","models":[{"provider":"studio","model":"studio-sketch"},{"provider":"sandbox","model":"sandbox-success"}]}""");
        foreach (var run in compared.GetProperty("generations").EnumerateArray()) await owner.Finished(run.GetProperty("id").GetString()!);
        var webhook = await Id("/v1/webhooks", $$"""{"url":"{{site.Address}}/health","events":["generation.completed"]}""");
        return new(email, owner.Handle, work, template, collection, compared.GetProperty("comparisonId").GetString()!, webhook);

        async Task<string> Id(string path, string body) => (await owner.Post(path, body)).GetProperty("id").GetString()!;
    }
}
