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

    /// <summary>The handle of whose link they came by.</summary>
    public string? Ref { get; init; }
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

/// <summary>The step after the password, for accounts with two-factor.</summary>
public sealed record CodeForm
{
    public string? Code { get; init; }
    public string? RecoveryCode { get; init; }
    public bool Trust { get; init; }
    public string? ReturnUrl { get; init; }
}

/// <summary>The password or a code, before a protection is taken away.</summary>
public sealed record ProofForm
{
    public string? Proof { get; init; }
    public string? ReturnUrl { get; init; }

    /// <summary>A code is wanted, not the password.</summary>
    public bool Code { get; init; }
}

/// <summary>A passkey's answer, as the browser's script put it into the form.</summary>
public sealed record PasskeyForm
{
    public string? Credential { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
    public bool Remember { get; init; }
    public string? ReturnUrl { get; init; }
}
