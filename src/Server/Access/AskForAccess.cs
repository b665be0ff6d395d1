using System.Net;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Accounts;
using Rpd.Shared;
using Rpd.Shared.Access;

namespace Rpd.Server.Access;

/// <summary>
/// A stranger asks for access. Nobody learns by it who has an account, or has asked before: the answer and the work are the same. Administrators see that.
/// </summary>
public sealed class AskForAccess(AppDb db, Attempts attempts, AccountOptions options, TimeProvider time)
{
    public async Task<Refusal?> Run(AccessForm form, IPAddress? address, CancellationToken cancel)
    {
        if (options.SignUp != SignUpModes.Request) return Refusal.Forbidden("Nobody is asked for access on this server.");
        var (name, project, email) = (form.Name?.Trim() ?? "", form.Project?.Trim() ?? "", EmailAddress.Parse(form.Email));
        var wrong = new List<FieldError>();
        if (name.Length is 0 or > AccessLength.Name || name.Any(char.IsControl)) wrong.Add(new("name", $"Tell us your name, in {AccessLength.Name} characters at most."));
        if (email is null) wrong.Add(new("email", string.IsNullOrWhiteSpace(form.Email) ? "Enter your e-mail address." : "This is not an e-mail address."));
        if (project.Length is < AccessLength.ProjectMin or > AccessLength.Project || project.Contains('\0', StringComparison.Ordinal))
            wrong.Add(new("project", $"Tell us about your project, in {AccessLength.ProjectMin} to {AccessLength.Project} characters."));
        if (wrong.Count > 0) return Refusal.Invalid(wrong);
        if (attempts.Take("access", Network.Of(address), options.RequestsPerNetwork, TimeSpan.FromDays(1)) is { } wait) return LetterLimits.Busy(wait);
        var now = time.GetUtcNow();
        // Whoever has asked and waits is not made to wait longer, nor are their words changed by somebody else's.
        await db.Database.ExecuteSqlAsync($"""
            insert into access_requests (id, name, email, normalized_email, project, status, created_at)
            values ({Guid.CreateVersion7(now)}, {name}, {email}, {EmailAddress.Normalized(email!)}, {project}, {AccessStates.Open}, {now}) on conflict (normalized_email) where status = 'open' do nothing
            """, cancel);
        return null;
    }
}
