using System.ClientModel;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Images;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.OpenApi;

namespace Rpd.Server.Tests.Providers.Vendors;

// Parts of the client are marked as still to change.
#pragma warning disable OPENAI001

/// <summary>The judge of <see cref="OpenAiServer"/>: OpenAI's own clients find there what they expect, so an adapter that gets on with it gets on with OpenAI.</summary>
public sealed class OpenAiClientTests
{
    [Fact]
    public async Task The_official_client_for_dotnet_makes_edits_and_speaks()
    {
        await using var server = new OpenAiServer();
        using var media = new MediaFiles();
        await server.Start();
        var client = new OpenAIClient(new ApiKeyCredential(OpenAiServer.Key), new OpenAIClientOptions { Endpoint = new Uri(server.Address + "/v1") });
        var (images, speech) = (client.GetImageClient("gpt-image-2"), client.GetAudioClient("gpt-4o-mini-tts"));
        var picture = await media.Picture("picture.png", 64, 64);

        var made = (await images.GenerateImagesAsync("A lighthouse", 2, new ImageGenerationOptions
        {
            Size = GeneratedImageSize.W1536xH1024,
            Quality = new GeneratedImageQuality("medium"),
            OutputFileFormat = GeneratedImageFileFormat.Webp,
            Background = GeneratedImageBackground.Opaque,
        })).Value;
        var edited = (await images.GenerateImageEditAsync(picture, "At night", picture, new ImageEditOptions { Size = GeneratedImageSize.W1024xH1024 })).Value;
        var spoken = (await speech.GenerateSpeechAsync("Hello", new GeneratedSpeechVoice("coral"), new SpeechGenerationOptions
        {
            ResponseFormat = GeneratedSpeechFormat.Flac,
            SpeedRatio = 1.25f,
            Instructions = "Whisper.",
        })).Value;
        var refused = await Assert.ThrowsAsync<ClientResultException>(async () => await images.GenerateImageAsync("forbidden things"));

        Assert.Empty(server.Faults);
        Assert.Equal(["WEBP", "WEBP"], made.Select(image => System.Text.Encoding.ASCII.GetString(image.ImageBytes.ToArray()[8..12])));
        Assert.True(edited.ImageBytes.ToArray().AsSpan(1).StartsWith("PNG"u8));
        Assert.True(spoken.ToArray().AsSpan().StartsWith("fLaC"u8));
        Assert.Equal(400, refused.Status);
        Assert.Equal(3, server.Jobs);
    }

    [Fact]
    public async Task The_official_client_for_JavaScript_makes_edits_and_speaks()
    {
        await using var server = new OpenAiServer();
        using var media = new MediaFiles();
        await server.Start();

        var (exitCode, output) = await Judges.Script("openai.mjs", server.Address + "/v1", OpenAiServer.Key, await media.Picture("picture.png", 64, 64));

        Assert.True(exitCode == 0, output);
        Assert.Empty(server.Faults);
        Assert.Equal("""{"models":1,"made":["WEBP","WEBP"],"edited":["PNG"],"spoken":"fLaC","refused":[400,"moderation_blocked","image_generation_user_error"]}""", output.Trim());
    }
}
