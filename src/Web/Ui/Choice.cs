namespace Rpd.Web.Ui;

/// <summary>One entry of a select box, a group of radio buttons or a row of tabs.</summary>
public sealed record Choice(string Value, string Label);
