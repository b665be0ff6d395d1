using System.Globalization;

namespace Rpd.Server.Billing.Stripe;

/// <summary>Parameters as Stripe takes them: form encoded, with brackets for what lies inside of something. What is null is not sent.</summary>
public sealed class StripeForm
{
    private readonly List<KeyValuePair<string, string>> fields = [];

    public IReadOnlyList<KeyValuePair<string, string>> Fields => fields;

    /// <param name="name">With brackets: <c>line_items[0][quantity]</c>.</param>
    public StripeForm Add(string name, string? value)
    {
        if (value is not null) fields.Add(new(name, value));
        return this;
    }

    public StripeForm Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public StripeForm Add(string name, bool? value) => Add(name, value is { } said ? said ? "true" : "false" : null);

    public string Query() => string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
}
