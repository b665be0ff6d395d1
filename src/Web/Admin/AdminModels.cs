using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Web.Ui;

namespace Rpd.Web.Admin;

/// <summary>Why administration does not open yet.</summary>
/// <param name="Authenticator">The account has one, so a code will do.</param>
/// <param name="Passkey">It has one of these.</param>
/// <param name="ReturnUrl">Where they wanted to go.</param>
public sealed record SecondFactorModel(bool Authenticator, bool Passkey, string ReturnUrl);

/// <param name="Q">Words that the list was searched for.</param>
/// <param name="Total">Models that are known.</param>
/// <param name="Offered">Of those, how many are offered.</param>
/// <param name="Form">Which of the small forms was refused; null when none was.</param>
/// <param name="Typed">What stood in it.</param>
/// <param name="Said">What the last form has done.</param>
public sealed record AdminModelsModel(
    string? Q, string? Provider, IReadOnlyList<AdminModelView> Models, int Total, int Offered, IReadOnlyList<ProviderMarginView> Margins, IReadOnlyList<PreferredModelView> Preferred,
    string? Form, FormErrors Errors, string? Typed, string? Said)
{
    /// <summary>By type of generation, the models that can be offered first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Choice>> ByType { get; init; } = new Dictionary<string, IReadOnlyList<Choice>>();

    public static string MarginForm(string provider) => "margin-" + provider;

    public static string PreferredForm(string type) => "preferred-" + type;

    public FormErrors ErrorsOf(string form) => form == Form ? Errors : FormErrors.None;
}

/// <param name="Params">Those that can have a default.</param>
/// <param name="Version">Of the stored change that is drawn: who saves it has seen no more.</param>
/// <param name="Typed">The fields as they came, when they were refused.</param>
public sealed record AdminModelModel(
    AdminModelView Model, IReadOnlyList<PriceTable> Prices, IReadOnlyList<ParamSpec> Params, long Version, IReadOnlyDictionary<string, string>? Typed, FormErrors Errors, bool Saved);
