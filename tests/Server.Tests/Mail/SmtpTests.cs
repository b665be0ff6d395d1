using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using Rpd.Server.Mail;

namespace Rpd.Server.Tests.Mail;

public sealed class SmtpTests : IDisposable
{
    private readonly TcpListener server = new(IPAddress.Loopback, 0);

    public SmtpTests() => server.Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_arrives_with_its_text_and_its_page()
    {
        var received = Receive();

        await Client().Send(LetterText.Write("ada@example.org", "Grüße", "First line.", "https://create.example.org/confirm?a=b&c=d"), Cancel);

        var (envelope, message) = await received;
        Assert.Equal(["MAIL FROM:<no-reply@create.example.org>", "RCPT TO:<ada@example.org>"], envelope);
        Assert.Contains("From: RPD Create <no-reply@create.example.org>", message.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Subject: =?utf-8?", message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Content-Type: text/plain; charset=utf-8", message, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/html; charset=utf-8", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        var sending = Client(patience: TimeSpan.FromMilliseconds(200)).Send(LetterText.Write("ada@example.org", "Hello", "First line."), Cancel);

        var fault = await Assert.ThrowsAsync<TimeoutException>(() => sending.WaitAsync(TimeSpan.FromSeconds(10), Cancel));

        Assert.Contains("has not taken the letter", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => server.Dispose();

    private Smtp Client(TimeSpan? patience = null) =>
        new(new SmtpOptions { Host = "127.0.0.1", Port = ((IPEndPoint)server.LocalEndpoint).Port, StartTls = false }, new MailAddress("no-reply@create.example.org", "RPD Create"))
        {
            Patience = patience ?? TimeSpan.FromSeconds(30),
        };

    /// <summary>Takes one letter, as little of the protocol as that needs.</summary>
    private async Task<(IReadOnlyList<string> Envelope, string Message)> Receive()
    {
        using var peer = await server.AcceptTcpClientAsync(Cancel);
        using var reader = new StreamReader(peer.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(peer.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var (envelope, message) = (new List<string>(), new StringBuilder());
        await writer.WriteLineAsync("220 ready");
        while (await reader.ReadLineAsync(Cancel) is { } line)
        {
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync(Cancel) is { } text && text != ".") message.AppendLine(text);
            }
            else if (line.Contains(':', StringComparison.Ordinal)) envelope.Add(line);
            await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 fine");
        }
        return (envelope, message.ToString());
    }
}
