using System.Globalization;
using Rpd.Server.Accounts;
using Rpd.Server.Plans;

namespace Rpd.Server.Operator;

/// <summary>What <c>user add</c> was told.</summary>
public sealed record NewUserWords(string Email, string Password, string Plan, long Credits, bool Admin, bool WithKey)
{
    public const string Usage = "Usage: user add <email> --password <password> [--admin] [--plan <plan>] [--credits <n>] [--with-key]";

    /// <returns>Null, and one sentence about the first thing that is wrong.</returns>
    public static NewUserWords? Read(string[] args, PlanList plans, out string wrong)
    {
        var asked = new NewUserWords("", "", PlanList.Free, 0, false, false);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--admin": asked = asked with { Admin = true }; break;
                case "--with-key": asked = asked with { WithKey = true }; break;
                case "--password" when value is not null: (asked, i) = (asked with { Password = value }, i + 1); break;
                case "--plan" when value is not null: (asked, i) = (asked with { Plan = value.ToLowerInvariant() }, i + 1); break;
                case "--credits" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var credits): (asked, i) = (asked with { Credits = credits }, i + 1); break;
                case var email when asked.Email.Length == 0 && EmailAddress.Parse(email) is { } parsed: asked = asked with { Email = parsed }; break;
                default: wrong = $"\"{args[i]}\" is not understood here."; return null;
            }
        }
        wrong = asked switch
        {
            { Email: "" } => "The e-mail address is missing.",
            { Password: "" } => "The password is missing.",
            _ when PasswordRule.Wrong(asked.Password, asked.Email) is { } weak => weak,
            _ when !plans.Has(asked.Plan) => $"There is no plan \"{asked.Plan}\". There are: {string.Join(", ", plans.Names)}.",
            _ => "",
        };
        return wrong.Length == 0 ? asked : null;
    }
}
