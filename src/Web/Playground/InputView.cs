using Rpd.Shared;

namespace Rpd.Web.Playground;

/// <summary>A file that a run starts from, as the form shows it.</summary>
/// <param name="Field">The form's field that carries it.</param>
/// <param name="Value">What travels in the form: <c>file:&lt;id&gt;</c> or an address.</param>
/// <param name="Kind">image, video or audio.</param>
/// <param name="Url">Where the page can show it from; null for other people's servers, which pages do not load from.</param>
/// <param name="ThumbnailUrl">A smaller picture, if there is one.</param>
public sealed record InputView(string Field, string Value, string Kind, string Name, string? Url = null, string? ThumbnailUrl = null);

/// <summary>The frame of one input: the place, what is in it, and what is wrong with it.</summary>
/// <param name="Form">What was typed into its fields.</param>
public sealed record InputModel(InputSlot Slot, InputView? Given, PlaygroundForm Form, FormErrors Errors, long BytesMax)
{
    public InputDesk Desk { get; init; } = Form.Desk;
}

/// <summary>Own files to pick from.</summary>
/// <param name="Source"><c>made</c> or <c>uploaded</c>.</param>
/// <param name="Next">The cursor of the page behind this one.</param>
/// <param name="Cursor">Where this page starts; null at the top.</param>
public sealed record PicksModel(InputSlot Slot, InputDesk Desk, string Source, IReadOnlyList<PickView> Picks, string? Next, string? Cursor);

/// <param name="ParentId">The generation that it came out of.</param>
public sealed record PickView(InputView Input, Guid? ParentId);
