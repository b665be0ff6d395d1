namespace Rpd.Shared.Admin;

/// <summary>Something that administrators can switch off while the server runs.</summary>
/// <param name="Effect">What happens while it is off, for administrators.</param>
/// <param name="Refusal">What people are told then.</param>
public sealed record Switch(string Name, string Label, string Effect, string Refusal)
{
    public static readonly Switch
        SignUp = new("sign-up", "Sign-up", "Nobody new signs up. Who has an account signs in as always.", "Sign-up is closed at the moment."),
        Generations = new("generations", "New generations", "Nothing new is started, on pages or by programs. What runs is finished.", "New generations are switched off at the moment. What runs is finished; try again later."),
        Publishing = new("publishing", "Publishing", "Nothing more is made public or unlisted. What is published stays.", "Publishing is switched off at the moment. Keep it private, and try again later."),
        Chat = new("chat", "Chat", "No chat is answered, on the page or by programs.", "The chat is switched off at the moment. Try again later.");

    public static readonly IReadOnlyList<Switch> All = [SignUp, Generations, Publishing, Chat];
}

/// <summary>Something that administrators tell everybody, on every page.</summary>
/// <param name="Level"><c>info</c> or <c>warning</c>.</param>
/// <param name="Until">Null: until somebody ends it.</param>
public sealed record AnnouncementView(Guid Id, string Text, string Level, DateTimeOffset From, DateTimeOffset? Until)
{
    public const int TextLengthMax = 500;

    public static readonly IReadOnlyList<string> Levels = ["info", "warning"];
}
