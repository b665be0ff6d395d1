using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Rpd.Bench;

/// <summary>
/// What two thousand open pages cost while nothing happens: real sessions, raw web sockets, each listening to its account's stream. The server's
/// resident memory and its managed heap, before and after. The limit is the project's: 150 MB.
/// </summary>
internal static partial class Connections
{
    private const int Sockets = 2_000, Sessions = 250;
    private const string Password = "a few plain words";

    public static async Task Run()
    {
        var heap = Path.GetTempFileName();
        await using var server = await Installation.Start(
            ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location), (StartupHook.Setting, heap), ("Accounts__PasswordIterations", "1000"),
            ("Accounts__SignInFailuresPerNetwork", "1000000"), ("Pages__PerMinute", "1000000"));
        await server.Command("user", "add", "bench@example.org", "--password", Password);
        await using (var database = server.Database())
        await using (var more = database.CreateCommand("""
            insert into accounts (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, concurrency_stamp, handle, display_name, plan, role, status, created_at, password_hash)
            select gen_random_uuid(), n || '@bench.invalid', n || '@BENCH.INVALID', n || '@bench.invalid', n || '@BENCH.INVALID', true, 's', 's', 'bench_' || n, 'Bench', 'free', 'user', 'active', now(), a.password_hash
            from accounts a, generate_series(1, $1) n
            """))
        {
            more.Parameters.AddWithValue(Sessions);
            await more.ExecuteNonQueryAsync();
        }
        var cookies = new List<string>();
        for (var n = 1; n <= Sessions; n++) cookies.Add(await SignIn(server.Address, $"{n}@bench.invalid"));
        // What the first connections bring into memory is the program's, not theirs.
        foreach (var socket in await Open(server.Address, cookies, 50)) socket.Abort();
        var (rssBefore, heapBefore) = await Rest(server, heap);

        var open = await Open(server.Address, cookies, Sockets);
        var (rssAfter, heapAfter) = await Rest(server, heap);

        if (open.Count(socket => socket.State == WebSocketState.Open) != Sockets) throw new InvalidOperationException("Not every connection stayed open.");
        var grown = (rssAfter - rssBefore) / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Sockets} idle connections of {Sessions} sessions: resident {rssBefore / 1e6:F0} → {rssAfter / 1e6:F0} MB, {grown:F1} MB (budget 150, {grown / 150:P0}), {(rssAfter - rssBefore) / Sockets / 1024.0:F1} KB each; managed heap {heapBefore / 1e6:F0} → {heapAfter / 1e6:F0} MB, {(heapAfter - heapBefore) / Sockets / 1024.0:F1} KB each"));
        foreach (var socket in open) socket.Abort();
        File.Delete(heap);
    }

    /// <summary>Memory after twenty idle seconds, in which the server has looked after its sessions four times. Nothing collects garbage for the figure's sake.</summary>
    private static async Task<(long Resident, long Heap)> Rest(Installation server, string heap)
    {
        await Task.Delay(TimeSpan.FromSeconds(20));
        return (server.MemoryBytes, long.Parse(await File.ReadAllTextAsync(heap), CultureInfo.InvariantCulture));
    }

    private static async Task<List<ClientWebSocket>> Open(string address, List<string> cookies, int count)
    {
        var open = new List<ClientWebSocket>();
        var live = new Uri(address.Replace("http", "ws", StringComparison.Ordinal) + "/live");
        foreach (var few in Enumerable.Range(0, count).Chunk(20))
            open.AddRange(await Task.WhenAll(few.Select(async n =>
            {
                var socket = new ClientWebSocket();
                socket.Options.SetRequestHeader("Cookie", cookies[n % cookies.Count]);
                await socket.ConnectAsync(live, CancellationToken.None);
                await Send(socket, """{"protocol":"json","version":1}""");
                await Heard(socket, "{}");
                await Send(socket, """{"type":1,"invocationId":"1","target":"Subscribe","arguments":[["account"]]}""");
                await Heard(socket, "\"unread\"");
                _ = Drain(socket);
                return socket;
            })));
        return open;
    }

    private static async Task<string> SignIn(string address, string email)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(address) };
        var token = Token().Match(await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative))).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("email", email), new("password", Password), new("__RequestVerificationToken", token)]);
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        return handler.CookieContainer.GetCookieHeader(new Uri(address)) is var cookies && cookies.Contains("rpd=", StringComparison.Ordinal) ? cookies
            : throw new InvalidOperationException($"Signing in answered {answer.StatusCode}.");
    }

    private static Task Send(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task Heard(ClientWebSocket socket, string words)
    {
        var (buffer, text) = (new byte[4096], "");
        while (!text.Contains(words, StringComparison.Ordinal)) text += Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, CancellationToken.None)).Count);
    }

    /// <summary>Pings are answered, so that the server keeps the connection.</summary>
    private static async Task Drain(ClientWebSocket socket)
    {
        var buffer = new byte[256];
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                await socket.ReceiveAsync(buffer, CancellationToken.None);
                await Send(socket, """{"type":6}""");
            }
        }
        catch (WebSocketException)
        {
            // The end of the bench.
            return;
        }
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
