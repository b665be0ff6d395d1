using Rpd.Shared;

namespace Rpd.Web.Ui;

public static class FieldErrors
{
    /// <summary>A field's messages as they stand beside it.</summary>
    public static IEnumerable<string> Beside(this FormErrors errors, string field, string label) => errors.For(field).Select(message => Said(message, field, label));

    /// <summary>The API begins its messages with the field's name; people know the field by its label.</summary>
    public static string Said(string message, string field, string label) =>
        message.StartsWith(field + " ", StringComparison.Ordinal) ? label + message[field.Length..] : message;
}
