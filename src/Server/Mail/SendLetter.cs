using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Rpd.Server.Jobs;

namespace Rpd.Server.Mail;

/// <summary>
/// The job <c>mail.send</c>. A letter may hold a link that opens an account, so the queue keeps it sealed: a copy of the database opens nothing.
/// </summary>
public sealed class SendLetter(IMail mail, LetterSeal seal) : IJob
{
    public const string Kind = "mail.send";

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        await mail.Send(seal.Open(job.Read<Sealed>().Letter), cancel);
        return JobResult.Done;
    }

    internal sealed record Sealed(string Letter);
}

/// <summary>Makes the job of a letter. Add it to the transaction that wants the letter sent, and ring <see cref="Lanes.Quick"/> after the commit.</summary>
public sealed class LetterSeal(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector protector = protection.CreateProtector("mail.send");

    public Job Job(Letter letter) =>
        Jobs.Job.New(SendLetter.Kind, Lanes.Quick, new SendLetter.Sealed(protector.Protect(JsonSerializer.Serialize(letter))), time.GetUtcNow());

    internal Letter Open(string text) => JsonSerializer.Deserialize<Letter>(protector.Unprotect(text))!;
}
