namespace Rpd.Web.Accounts;

public static class ReturnTo
{
    /// <summary>The query that carries the way back from one account page to another; empty without one.</summary>
    public static string Query(string? returnUrl) => string.IsNullOrEmpty(returnUrl) ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}";
}
