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
        "/settings/sessions",
        "/templates",
        "/templates/new",
        $"/templates/{things.Template}",
        "/pricing",
        $"/works/{things.Work}",
    ];
}

/// <summary>Somebody with a published work, a template of their own and the rest that fills pages.</summary>
public sealed record Things(string Email, string Password, string Work, string Template)
{
    public static async Task<Things> Make(Site site, string email)
    {
        const string password = "a few plain words";
        var added = System.Text.Json.JsonDocument.Parse(await site.Command("user", "add", email, "--password", password, "--credits", "100", "--with-key")).RootElement;
        var key = added.GetProperty("apiKey").GetString()!;
        var work = await Post("/v1/generations", """{"type":"text2image","provider":"studio","model":"studio-sketch","prompt":"A fox in a snowy forest","visibility":"public","title":"Winter fox"}""");
        var template = await Post("/v1/templates", """{"title":"Lighthouse","type":"text2image","prompt":"A lighthouse in {weather}","model":"studio-sketch"}""");
        for (var asked = 0; asked < 200; asked++)
        {
            var state = await Curl.Json($"{site.Address}/v1/generations/{work}", "-H", $"X-API-KEY: {key}");
            if (state.GetProperty("data").GetProperty("status").GetString() == "completed") return new(email, password, work, template);
            await Task.Delay(300);
        }
        throw new TimeoutException("The picture is not finished after a minute.");

        async Task<string> Post(string path, string body) => (await Curl.Json("-X", "POST", site.Address + path, "-H", $"X-API-KEY: {key}", "-H", "Content-Type: application/json", "-d", body))
            .GetProperty("data").GetProperty("id").GetString()!;
    }
}
