using System.Net.Mail;
using Microsoft.Extensions.Options;
using Rpd.Server.Database;
using Rpd.Server.Http;
using Rpd.Server.Jobs;

namespace Rpd.Server.Mail;

/// <summary>Letters leave through <see cref="Smtp"/> once a host is set, and lie in the <see cref="Outbox"/> until then.</summary>
public static class MailParts
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration settings, string contentRoot)
    {
        services.AddOptions<SmtpOptions>().Bind(settings.GetSection("Smtp"))
            .Validate(options => options.Port is > 0 and < 65536, "Smtp:Port must be between 1 and 65535.")
            .Validate(options => string.IsNullOrWhiteSpace(options.From) || MailAddress.TryCreate(options.From, out _), "Smtp:From must be an address, or Name <address>.")
            .ValidateOnStart();
        services.AddSingleton<LetterSeal>();
        services.AddJob<SendLetter>(SendLetter.Kind);
        services.AddSingleton<IMail>(provider =>
        {
            var smtp = provider.GetRequiredService<IOptions<SmtpOptions>>().Value;
            var from = Sender(smtp, provider.GetRequiredService<PublicAddress>());
            if (!string.IsNullOrWhiteSpace(smtp.Host)) return new Smtp(smtp, from);
            return new Outbox(DataFolder.From(settings, contentRoot).Below("outbox"), from, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Outbox>>());
        });
        return services;
    }

    private static MailAddress Sender(SmtpOptions smtp, PublicAddress address) =>
        string.IsNullOrWhiteSpace(smtp.From) ? new($"no-reply@{address.Url.IdnHost}", "RPD Create") : new(smtp.From);
}
