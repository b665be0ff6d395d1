using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class VendorTokensTests
{
    private static readonly Secret Key = new("a-secret");

    [Theory, InlineData(3600, 1), InlineData(60, 2), InlineData(-60, 2)]
    public async Task A_token_is_made_anew_before_it_ends_and_never_asked_for_without_end(int seconds, int made)
    {
        var tokens = new VendorTokens(TimeProvider.System);
        var asked = 0;

        var token = await Get();

        Assert.Equal(("token-" + made, made), (token, asked));
        Assert.Equal(seconds > 300 ? token : "token-" + (made + 1), await Get());

        Task<string> Get() => tokens.Get("google", Key, Make).WaitAsync(TimeSpan.FromSeconds(10));

        async Task<(string, DateTimeOffset)> Make()
        {
            await Task.Yield();
            return ($"token-{++asked}", DateTimeOffset.UtcNow.AddSeconds(seconds));
        }
    }
}
