namespace Rpd.E2E.Support;

/// <summary>
/// Every page of the product, for what must hold on all of them. A new page adds its line here, and a test of the server's routes says which has none; states
/// that look different (nothing found, an error) have a line of their own.
/// </summary>
public static class Addresses
{
    private const string Reload = "leads back from an address that a refused form leaves in the bar", Part = "a part of a page, which is looked at with it";

    /// <summary>Routes below the pages that are none, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> NoPages { get; } = new Dictionary<string, string>
    {
        ["/setup"] = "its link works once in the life of an installation: the journey of the first administrator looks at it",
        ["/usage.csv"] = "a file",
        ["/custom-models/example.csv"] = "a file",
        ["/robots.txt"] = "a file",
        ["/sitemap.xml"] = "a file",
        ["/library/{id:guid}/card"] = Part,
        ["/custom-models/{id:guid}/card"] = Part,
        ["/custom-models/{id:guid}/{verb}"] = Reload,
        ["/library/{id:guid}/actions"] = Part,
        ["/playground/price"] = Part,
        ["/playground/good-for"] = Part,
        ["/playground/templates"] = Part,
        ["/playground/choices"] = Part,
        ["/playground/input"] = Part,
        ["/compare/price"] = Part,
        ["/compare/input"] = Part,
        ["/compare/{id:guid}/columns/{letter:length(1)}"] = Part,
        ["/compare/{id:guid}/outcome"] = Part,
        ["/admin"] = "leads on to the models",
        ["/admin/providers/{name}/margin"] = Reload,
        ["/admin/types/{type}/preferred"] = Reload,
        ["/@{handle}/follow"] = Reload,
        ["/billing/{part}"] = Reload,
        ["/billing/{part}/{verb}"] = Reload,
        ["/billing/done"] = "leads back from the page where one pays",
        ["/collections/{id:guid}/{verb}"] = Reload,
        ["/compare/{id:guid}/vote"] = Reload,
        ["/compare/form"] = Reload,
        ["/compare/upload"] = Reload,
        ["/chat/{id:guid}/{verb}"] = Reload,
        ["/confirm/resend"] = Reload,
        ["/keys/{id:guid}/{verb}"] = Reload,
        ["/leaving/keep"] = Reload,
        ["/library/bulk"] = Reload,
        ["/library/{id:guid}/visibility"] = Reload,
        ["/notifications/read"] = Reload,
        ["/notifications/{id:guid}/read"] = Reload,
        ["/playground/enhance"] = Reload,
        ["/playground/form"] = Reload,
        ["/playground/upload"] = Reload,
        ["/settings/avatar"] = Reload,
        ["/settings/avatar/delete"] = Reload,
        ["/settings/data/export"] = Reload,
        ["/settings/data/leave"] = Reload,
        ["/settings/profile"] = Reload,
        ["/settings/provider-keys/{provider}"] = Reload,
        ["/settings/provider-keys/{provider}/{verb}"] = Reload,
        ["/settings/security/passkeys"] = Reload,
        ["/settings/security/passkeys/{id:guid}/{verb}"] = Reload,
        ["/settings/security/{part}/{verb}"] = Reload,
        ["/sign-in/passkey"] = Reload,
        ["/sign-out"] = Reload,
        ["/templates/{id:guid}/delete"] = Reload,
        ["/webhooks/{id:guid}/deliveries"] = Reload,
        ["/webhooks/{id:guid}/deliveries/{delivery:guid}/redeliver"] = Reload,
        ["/webhooks/requests/{delivery:guid}/redeliver"] = Reload,
        ["/webhooks/secret/rotate"] = Reload,
        ["/webhooks/{id:guid}/{verb}"] = Reload,
        ["/works/{id:guid}/like"] = Reload,
    };

    /// <summary>Routes that only show themselves to somebody who has just done something: the walk through the states comes to each.</summary>
    public static IReadOnlyList<string> Reached { get; } =
    [
        "/settings/security/two-factor",
        "/settings/security/recovery-codes",
        "/sign-in/code",
        "/webhooks/requests/{delivery:guid}",
        "/chat/{id:guid}",
        "/unsubscribe/{token}",
        "/leaving",
    ];

    /// <summary>What a stranger can see.</summary>
    public static IReadOnlyList<string> Public(Things things) =>
    [
        "/",
        "/explore",
        "/explore?q=nothinghasthisword",
        "/explore?sort=top&period=month&type=text2image&aspect=square&model=studio-sketch&q=fox",
        $"/works/{things.Work}",
        $"/works/{things.Veiled}",
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
        "/confirm?account=nobody&token=nothing",
        "/confirm/sent",
        "/confirm/done",
        "/forgot-password",
        "/forgot-password/sent",
        "/reset-password?account=nobody&token=nothing",
        "/reset-password/done",
        "/leaving?account=nobody&token=nothing",
        "/leaving/begun",
        "/leaving/kept",
        $"/@{things.Handle}",
        $"/@{things.Handle}/collections",
        $"/@{things.Handle}/followers",
        $"/@{things.Handle}/following",
        $"/collections/{things.Collection}",
        "/no-such-page",
    ];

    /// <summary>What only the owner of the things can see, and public pages that look different to somebody signed in.</summary>
    public static IReadOnlyList<string> Own(Things things) =>
    [
        "/playground",
        "/playground?type=text2video&model=studio-motion",
        "/playground?type=motion_transfer",
        "/playground/picks?type=image2image&slot=inputImageUrl",
        "/library",
        "/library?q=nothinghasthisword",
        $"/library/{things.Work}",
        "/keys",
        "/credits",
        "/billing",
        "/settings",
        "/settings/security",
        "/settings/security/prove",
        "/settings/sessions",
        "/settings/notifications",
        "/settings/content",
        "/settings/data",
        "/settings/provider-keys",
        "/compare",
        "/compare?type=image2image",
        "/compare/picks?type=image2image&slot=inputImageUrl",
        $"/compare/{things.Comparison}",
        "/collections",
        $"/collections/{things.Collection}",
        $"/collections/{things.Collection}?arrange=1",
        "/following",
        "/notifications",
        $"/@{things.Handle}",
        $"/@{things.Handle}/likes",
        $"/@{things.Handle}/following",
        "/tokens",
        "/webhooks",
        $"/webhooks/{things.Webhook}",
        $"/webhooks/{things.Webhook}/deliveries/{things.Delivery}",
        "/webhooks/requests",
        "/events",
        "/usage",
        "/recognition",
        "/chat",
        "/chat?message=How%20do%20I%20create%20an%20API%20key%3F",
        "/custom-models",
        $"/custom-models/{things.CustomModel}",
        $"/works/{things.Work}/report",
        $"/works/{things.Work}/collect",
        "/templates",
        "/templates/new",
        $"/templates/{things.Template}",
        "/pricing",
        $"/works/{things.Work}",
    ];

    /// <summary>What only an administrator can see.</summary>
    public static IReadOnlyList<string> Admin { get; } = ["/admin/models", "/admin/models?q=nothinghasthisword", "/admin/models/kling-3.0", "/admin/models/studio-sketch", "/admin/audit"];
}

/// <summary>Somebody with a published work, a template of their own and the rest that fills pages.</summary>
public sealed partial record Things(
    string Email, string Handle, string Work, string Veiled, string Template, string Collection, string Comparison, string Webhook, string Delivery, string CustomModel);
