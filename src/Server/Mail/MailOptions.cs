namespace Rpd.Server.Mail;

/// <summary>Section <c>Smtp</c>. Without a host, letters are written to <c>outbox/</c> in the data folder.</summary>
public sealed record SmtpOptions
{
    public string? Host { get; init; }

    public int Port { get; init; } = 587;

    /// <summary>Empty: no authentication.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>Sender: an address, or <c>Name &lt;address&gt;</c>. Empty: <c>no-reply@</c> the host of <c>PublicUrl</c>.</summary>
    public string? From { get; init; }

    /// <summary>Refuses to send in the clear.</summary>
    public bool StartTls { get; init; } = true;
}
