namespace Rpd.Server.OpenApi;

/// <param name="Name">The path's first segment.</param>
/// <param name="Noun">One of it.</param>
public sealed record Tag(string Name, string Title, string Noun, string Text);

/// <summary>The chapters of the reference, in their order.</summary>
public static class Tags
{
    public static readonly IReadOnlyList<Tag> All =
    [
        new("generations", "Generations", "generation", "Work for a model: created, queued, processed, completed or failed. The price is reserved at the start and returned when it fails."),
        new("models", "Models", "model", "The catalogue: what can run, what it takes and what it costs."),
        new("chat", "Chat", "completion", "Language models, in the format that OpenAI's clients speak."),
        new("credits", "Credits", "entry", "The balance, every movement of it, what a request would cost, and codes that bring more."),
        new("files", "Files", "file", "Own pictures, videos and sound as inputs: ask for an address, send the file there, confirm it."),
        new("prompts", "Prompts", "prompt", "Help with the words."),
        new("user", "Tokens", "token", "Credentials of an hour, for people and notebooks."),
        new("nlp", "Text analysis", "text", "The mood, the names and the key phrases of a text."),
        new("vision", "Picture analysis", "picture", "Faces, landmarks, objects and writing in a picture."),
        new("custom-models", "Custom models", "custom model", "Classifiers of texts or pictures, trained on examples of your own."),
        new("templates", "Templates", "template", "Prompts with places to fill in."),
        new("explore", "Explore", "work", "The public gallery."),
        new("social", "Social", "account", "Profiles, and who follows whom."),
        new("collections", "Collections", "collection", "Works put together by somebody."),
        new("notifications", "Notifications", "notification", "What happened, for people."),
        new("webhooks", "Webhooks", "webhook", "Addresses that are told when something happens, each call signed."),
        new("events", "Events", "event", "The same as webhooks tell, kept for 30 days: a client that was down loses nothing."),
        new("usage", "Usage", "bucket", "What was used, by time, model and key."),
        new("billing", "Billing", "session", "Buying credits and plans."),
        new("keys", "API keys", "API key", "Keys for programs. They need the scope `manage`; none can hand on more than it has itself."),
        new("provider-keys", "Provider keys", "provider key", "Your own keys at providers: what runs with them costs the platform's fee. Changing them needs the scope `manage`."),
        new("admin", "Administration", "model", "For administrators, with a key that has the scope `admin`: what their pages list, and the catalogue. Every change is kept in the audit."),
        new("health", "Health", "check", "For load balancers and monitors."),
    ];

    public static Tag Of(string path)
    {
        var name = path.Split('/', StringSplitOptions.RemoveEmptyEntries).First(part => part != "v1");
        if (name == "batch") name = "generations";
        return All.FirstOrDefault(tag => tag.Name == name) ?? throw new InvalidOperationException($"{path} belongs to no chapter: give \"{name}\" one.");
    }
}
