using Rpd.Shared;
using Rpd.Shared.ProviderKeys;

namespace Rpd.Web.ProviderKeys;

/// <param name="Percent">What a run costs, of the usual price.</param>
/// <param name="Said">What has just been done.</param>
public sealed record ProviderKeysModel(IReadOnlyList<ProviderKeyLine> Providers, int Percent, string? Said);

/// <summary>One provider and what the account has there.</summary>
/// <param name="Fields">Names of what its credentials consist of.</param>
/// <param name="Errors">Of its form, when that was refused. What was typed is not shown again.</param>
public sealed record ProviderKeyLine(string Provider, IReadOnlyList<string> Fields, ProviderKeyView? Key, FormErrors Errors);
