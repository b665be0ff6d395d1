using System.Collections.Concurrent;

namespace Rpd.Server.Providers.Vendors;

/// <summary>Tokens that vendors take instead of the credentials they were made from, kept until shortly before they end. Of many that want a new one, one makes it.</summary>
public sealed class VendorTokens(TimeProvider time)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Lazy<Task<(string Token, DateTimeOffset End)>>> tokens = new();

    /// <param name="credential">What it is made from: other credentials have other tokens.</param>
    public async Task<string> Get(string vendor, Secret credential, Func<Task<(string Token, DateTimeOffset End)>> make)
    {
        var key = vendor + "\n" + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(credential.Reveal())));
        for (var renewed = false; ; renewed = true)
        {
            var made = tokens.GetOrAdd(key, _ => new(make));
            try
            {
                var (token, end) = await made.Value;
                // One that has just been made is as good as any other, however soon it ends.
                if (renewed || end - Early > time.GetUtcNow()) return token;
            }
            catch
            {
                tokens.TryRemove(new(key, made));
                throw;
            }
            tokens.TryRemove(new(key, made));
        }
    }
}
