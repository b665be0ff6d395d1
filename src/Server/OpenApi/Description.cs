using System.Diagnostics.CodeAnalysis;
using Rpd.Shared;

namespace Rpd.Server.OpenApi;

/// <summary>How a face writes a refusal.</summary>
/// <param name="Body">The record that it writes.</param>
/// <param name="Name">What it calls it.</param>
public sealed record ErrorWords(Type Body, Func<Refusal, object> Write, Func<Refusal, string> Name);

/// <summary>
/// What an endpoint says about itself, where it is mapped: <c>.Describe("Create a generation", "…").Takes&lt;NewGenerationBody&gt;("""…""").Gives&lt;CreatedView&gt;(201)</c>.
/// Only what is particular to it: credentials, scopes, limits, request ids, pagination and the errors that every endpoint knows are added from the
/// policies on its groups by <see cref="ApiDocument"/>.
/// </summary>
public static class Description
{
    /// <param name="summary">Verb and noun; the operation's id is made of it, so it is as stable as the path.</param>
    /// <param name="text">Markdown, what the summary cannot say.</param>
    public static T Describe<T>(this T endpoint, string summary, string? text = null) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new Summary(summary, text));

    /// <summary>A JSON body with these fields. The record says what they are; the handler reads them by <see cref="Http.Fields"/>, and a test holds the two together.</summary>
    /// <param name="example">A body that works, as the documentation shows it and its samples send it.</param>
    /// <param name="optional">A call without any body is fine too.</param>
    public static IEndpointConventionBuilder Takes<TBody>(this IEndpointConventionBuilder endpoint, [StringSyntax(StringSyntaxAttribute.Json)] string example, bool optional = false) =>
        endpoint.WithMetadata(new Taken(typeof(TBody), example, optional));

    /// <summary>The same fields under another content type: a form.</summary>
    public static IEndpointConventionBuilder TakesAlso(this IEndpointConventionBuilder endpoint, string contentType) => endpoint.WithMetadata(new TakenAlso(contentType));

    /// <summary>Query parameters: the properties of the record.</summary>
    public static IEndpointConventionBuilder Filters<TQuery>(this IEndpointConventionBuilder endpoint) => endpoint.WithMetadata(new Filter(typeof(TQuery)));

    /// <summary>A part of the path that is not simply the id of what the path is about.</summary>
    public static IEndpointConventionBuilder InPath(this IEndpointConventionBuilder endpoint, string name, string text, string example) => endpoint.WithMetadata(new PathPart(name, text, example));

    /// <summary><c>{success,data}</c> with this in <c>data</c>.</summary>
    /// <param name="example">Members that replace those of the example made from the schema.</param>
    public static IEndpointConventionBuilder Gives<TData>(this IEndpointConventionBuilder endpoint, int status = 200, [StringSyntax(StringSyntaxAttribute.Json)] string? example = null) =>
        endpoint.WithMetadata(new Given(status, typeof(TData), Envelope.Data, example));

    /// <summary><c>{success,data[],pagination}</c>; <c>limit</c> and <c>cursor</c> come with it.</summary>
    public static IEndpointConventionBuilder GivesPage<TItem>(this IEndpointConventionBuilder endpoint, [StringSyntax(StringSyntaxAttribute.Json)] string? example = null) =>
        endpoint.WithMetadata(new Given(200, typeof(TItem), Envelope.Page, example));

    /// <summary><c>{success,data[],pagination}</c> of a list that is always whole.</summary>
    public static IEndpointConventionBuilder GivesList<TItem>(this IEndpointConventionBuilder endpoint, [StringSyntax(StringSyntaxAttribute.Json)] string? example = null) =>
        endpoint.WithMetadata(new Given(200, typeof(TItem), Envelope.List, example));

    /// <summary>The record is the whole body.</summary>
    public static IEndpointConventionBuilder GivesBare<TBody>(this IEndpointConventionBuilder endpoint, int status = 200, [StringSyntax(StringSyntaxAttribute.Json)] string? example = null) =>
        endpoint.WithMetadata(new Given(status, typeof(TBody), Envelope.None, example));

    /// <summary>The same in another format, for callers whose <c>Accept</c> asks for it.</summary>
    public static IEndpointConventionBuilder GivesAlso(this IEndpointConventionBuilder endpoint, string contentType, string example) => endpoint.WithMetadata(new GivenText(contentType, example));

    /// <summary>Refusals beyond those that come with credentials, bodies, ids and limits. Status and meaning stand in <see cref="ErrorCodes"/>.</summary>
    public static IEndpointConventionBuilder Refuses(this IEndpointConventionBuilder endpoint, params string[] codes) => endpoint.WithMetadata(new Refused(codes));

    /// <summary>Another face's endpoint, whose refusals look otherwise.</summary>
    public static T RefusesAs<T>(this T endpoint, ErrorWords words) where T : IEndpointConventionBuilder => endpoint.WithMetadata(words);

    internal sealed record Summary(string Title, string? Text);

    internal sealed record Taken(Type Body, string Example, bool Optional);

    internal sealed record TakenAlso(string ContentType);

    internal sealed record Filter(Type Query);

    internal sealed record PathPart(string Name, string Text, string Example);

    internal enum Envelope { None, Data, List, Page }

    internal sealed record Given(int Status, Type Type, Envelope Envelope, string? Example);

    internal sealed record GivenText(string ContentType, string Example);

    internal sealed record Refused(IReadOnlyList<string> Codes);
}
