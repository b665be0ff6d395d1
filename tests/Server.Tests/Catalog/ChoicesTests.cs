using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Catalog;

public sealed class ChoicesTests(TestPostgres postgres)
{
    [Theory]
    [InlineData("studio-voice", "voice", 200, "de-female")]
    [InlineData("studio-voice", "voiceId", 200, "zh-male")]
    [InlineData("studio-sketch", "aspectRatio", 200, "21:9")]
    [InlineData("gpt-4o-mini-tts", "voice", 200, "alloy")]
    [InlineData("studio-sketch", "voiceId", 400, "aspectRatio")]
    [InlineData("studio-voice", "", 200, "wav")]
    [InlineData("heygen-avatar-iv", "", 200, "\"data\":[")]
    [InlineData("heygen-avatar-iv", "avatarId", 503, "heygen")]
    [InlineData("nobodys-model", "voice", 404, "The model")]
    public async Task A_param_lists_what_it_can_be(string model, string param, int status, string said)
    {
        await using var app = await App.Start(postgres);
        using var answer = await app.CreateClient().GetAsync(new Uri($"/v1/models/{model}/choices?param={param}", UriKind.Relative));
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
