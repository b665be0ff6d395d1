using Rpd.Shared;

namespace Rpd.Web.Chat;

/// <summary>What was typed.</summary>
/// <param name="Model">Null: the first that is offered.</param>
public sealed record ChatForm(string? Message, string? Model, string? Instructions);

/// <summary>A question, or an answer.</summary>
/// <param name="Asked">By the viewer.</param>
/// <param name="Text">An answer's is Markdown.</param>
/// <param name="ModelName">Who has answered.</param>
/// <param name="Tokens">Read and written for the answer.</param>
public sealed record ChatTurn(Guid Id, bool Asked, string Text, string? ModelName, long Credits, long Tokens, bool Stopped);

/// <summary>An earlier conversation.</summary>
public sealed record ChatLine(Guid Id, string Title);

/// <param name="Rate">Credits per 1,000 tokens.</param>
public sealed record ChatChoice(string Id, string Name, decimal Rate);

/// <param name="Id">Null before the first question.</param>
/// <param name="Models">Those that answer now.</param>
/// <param name="BuiltIn">No language model is connected: the built-in assistant answers.</param>
public sealed record ChatPageModel(
    Guid? Id, string? Title, ChatForm Form, FormErrors Errors, IReadOnlyList<ChatTurn> Turns, IReadOnlyList<ChatLine> Earlier, IReadOnlyList<ChatChoice> Models, long Balance, bool BuiltIn);
