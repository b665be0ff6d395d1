using Microsoft.AspNetCore.Identity;

namespace Rpd.Server.Accounts;

/// <summary>
/// Hashing costs a good part of a second on purpose, so only as many run at once as there are processors: a flood of sign-ins slows sign-ins
/// and nothing else.
/// </summary>
public sealed class Passwords(IPasswordHasher<Account> hasher) : IDisposable
{
    private readonly SemaphoreSlim processors = new(Environment.ProcessorCount);

    // The hasher reads nothing of the account; the dummy makes an unknown address cost what a known one costs.
    private readonly Account nobody = new() { Handle = "", DisplayName = "", Plan = "" };
    private string? dummy;

    public Task<string> Hash(string password, CancellationToken cancel) => Run(() => hasher.HashPassword(nobody, password), cancel);

    /// <param name="hash">Null for an unknown account: takes as long and fails.</param>
    public Task<PasswordVerificationResult> Verify(string? hash, string password, CancellationToken cancel) => Run(() =>
    {
        var against = hash ?? (dummy ??= hasher.HashPassword(nobody, "nobody has this password"));
        var result = hasher.VerifyHashedPassword(nobody, against, password);
        return hash is null ? PasswordVerificationResult.Failed : result;
    }, cancel);

    public void Dispose() => processors.Dispose();

    private async Task<T> Run<T>(Func<T> work, CancellationToken cancel)
    {
        await processors.WaitAsync(cancel);
        try
        {
            return await Task.Run(work, cancel);
        }
        finally
        {
            processors.Release();
        }
    }
}
