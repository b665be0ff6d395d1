using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Rpd.E2E.Support;

/// <summary>ElevenLabs' interface as far as a journey needs it: who has which voices, and a second of speech as soon as the journey wants it to be ready.</summary>
public sealed class VoiceVendor : IAsyncDisposable
{
    public const string OperatorsKey = "the-key-of-the-house-0001", OwnKey = "a-key-of-ones-own-0002";

    private readonly Endpoint endpoint;
    private readonly ConcurrentQueue<(string Key, string Voice)> spoken = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public VoiceVendor() => endpoint = new(Answer);

    public string Address => endpoint.Address;

    /// <summary>By whose key, and with which voice.</summary>
    public IReadOnlyCollection<(string Key, string Voice)> Spoken => spoken;

    public void Finish() => ready.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Finish();
        await endpoint.DisposeAsync();
    }

    private async Task Answer(HttpListenerContext call)
    {
        var key = call.Request.Headers["xi-api-key"] ?? "";
        var path = call.Request.Url!.AbsolutePath;
        var (status, type, body) = (key, path) switch
        {
            (not (OperatorsKey or OwnKey), _) => (401, "application/json", Json(new { detail = new { status = "invalid_api_key", message = "Invalid API key" } })),
            (_, "/v1/voices") => (200, "application/json", Json(new { voices = Voices(key).Select(voice => new { voice_id = voice.Id, name = voice.Name }) })),
            (_, "/v1/user/subscription") => (200, "application/json", Json(new { tier = "creator" })),
            _ => (200, "audio/wav", await Speak(key, path.Split('/')[^1])),
        };
        call.Response.StatusCode = status;
        call.Response.ContentType = type;
        await call.Response.OutputStream.WriteAsync(body);
        call.Response.Close();
    }

    private async Task<byte[]> Speak(string key, string voice)
    {
        spoken.Enqueue((key, voice));
        await ready.Task;
        return Second();
    }

    private static (string Id, string Name)[] Voices(string key) => key == OwnKey ? [("v-own", "My own clone")] : [("v-rachel", "Rachel"), ("v-drew", "Drew")];

    private static byte[] Json(object answer) => JsonSerializer.SerializeToUtf8Bytes(answer);

    // One channel of 16 bits, 8,000 of them a second.
    private static byte[] Second()
    {
        const int rate = 8000;
        using var file = new MemoryStream();
        using var to = new BinaryWriter(file);
        to.Write(Encoding.ASCII.GetBytes("RIFF"));
        to.Write(36 + (rate * 2));
        to.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        to.Write(16);
        to.Write((short)1);
        to.Write((short)1);
        to.Write(rate);
        to.Write(rate * 2);
        to.Write((short)2);
        to.Write((short)16);
        to.Write(Encoding.ASCII.GetBytes("data"));
        to.Write(rate * 2);
        for (var at = 0; at < rate; at++) to.Write((short)(8000 * Math.Sin(2 * Math.PI * 330 * at / rate)));
        to.Flush();
        return file.ToArray();
    }
}
