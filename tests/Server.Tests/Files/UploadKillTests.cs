using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Files;

/// <summary>The power cut in the middle of an upload: the real server in its own process, killed.</summary>
public sealed class UploadKillTests
{
    [Fact]
    public async Task After_a_kill_in_the_middle_of_an_upload_nothing_of_it_is_there_and_it_can_be_sent_again()
    {
        using var data = new TestFolder();
        var settings = new Dictionary<string, string> { ["Accounts__PasswordIterations"] = "1000" };
        var (server, address) = await ServerProcess.Start(data.Path, settings);
        using var first = server;
        var (exit, output, errors) = await ServerProcess.Run(data.Path, "user", "add", "up@example.org", "--password", "plain words to upload by", "--with-key");
        Assert.True(exit == 0, errors);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-API-KEY", JsonDocument.Parse(output).RootElement.GetProperty("apiKey").GetString());
        var upload = (await Post(http, address, "/v1/files/upload-url", new { filename = "a.png", contentType = "image/png" })).Body.GetProperty("data");
        var path = Uploader.Path(upload);
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 5000000\r\n\r\n"));
        await socket.GetStream().WriteAsync(new byte[2_000_000]);
        var drafts = data.Below("storage/.drafts");
        await Until(() => Directory.Exists(drafts) && new DirectoryInfo(drafts).EnumerateFiles().Any(file => file.Length > 1_000_000), "the upload to be half done");

        await server.Kill();
        foreach (var draft in Directory.EnumerateFiles(drafts)) File.SetLastWriteTimeUtc(draft, DateTime.UtcNow.AddMinutes(-2));
        var (again, newAddress) = await ServerProcess.Start(data.Path, settings);
        using var second = again;

        Assert.Equal(HttpStatusCode.Conflict, (await Post(http, newAddress, "/v1/files/confirm", new { fileId = upload.GetProperty("fileId").GetString() })).Status);
        await Until(() => !Directory.EnumerateFiles(data.Below("storage"), "*", SearchOption.AllDirectories).Any(file => file.Contains("uploads", StringComparison.Ordinal) || file.Contains(".drafts", StringComparison.Ordinal)), "the draft to go");
        using var content = new ByteArrayContent(Uploader.Dot) { Headers = { ContentType = new("image/png") } };
        Assert.Equal(HttpStatusCode.OK, (await http.PutAsync(new Uri(newAddress, path), content)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(http, newAddress, "/v1/files/confirm", new { fileId = upload.GetProperty("fileId").GetString() })).Status);
        Assert.Equal(0, await again.Stop());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Post(HttpClient http, Uri server, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(server, path), body);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task Until(Func<bool> done, string what)
    {
        for (var waited = 0; !done(); waited++)
        {
            if (waited > 300) throw new TimeoutException($"Waited in vain for {what}.");
            await Task.Delay(100);
        }
    }
}
