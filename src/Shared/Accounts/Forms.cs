namespace Rpd.Shared.Accounts;

// Form records have init properties and nullable text: the form mapper answers 400 to anything else before we can help.

/// <summary>In characters: what the rule asks for and the pages say.</summary>
public static class PasswordLength
{
    public const int Min = 10, Max = 200;
}

public sealed record SignUpForm
{
    public string? Email { get; init; }
    public string? Password { get; init; }
    public string? ReturnUrl { get; init; }
}

public sealed record SignInForm
{
    public string? Email { get; init; }
    public string? Password { get; init; }
    public bool Remember { get; init; }
    public string? ReturnUrl { get; init; }
}

public sealed record ForgotPasswordForm
{
    public string? Email { get; init; }
}

public sealed record ResetPasswordForm
{
    public string? Account { get; init; }
    public string? Token { get; init; }
    public string? Password { get; init; }
}

/// <summary>Posted to the one-time address that the first start prints.</summary>
public sealed record FirstAdminForm
{
    public string? Token { get; init; }
    public string? Email { get; init; }
    public string? Password { get; init; }
}
