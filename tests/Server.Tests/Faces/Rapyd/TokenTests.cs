using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Rpd.Server.Accounts.TwoFactor;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.Rapyd;

/// <summary><c>POST /v1/user/token</c> as the clients of its own documentation call it.</summary>
public sealed class TokenTests(RapydApp shared) : IClassFixture<RapydApp>
{
    private const string Path = "/v1/user/token";

    /// <summary>The page's sample as it is printed: two headers of one name.</summary>
    [Fact]
    public async Task The_curl_sample_runs_verbatim()
    {
        var member = await shared.Member();
        var answer = await RapydApp.Shell("""
            curl --location --request POST 'https://api.rapyd.ai/v1/user/token' \
            --header 'Content-Type: application/json' \
            --header 'Content-Type: text/plain' \
            --data-raw '{
            	"email":"your-email",
            	"password":"your-password"
            }
            '
            """.Replace("curl ", "curl --silent --show-error ", StringComparison.Ordinal).Replace("https://api.rapyd.ai", shared.Address, StringComparison.Ordinal).Replace("your-email", member.Email, StringComparison.Ordinal).Replace("your-password", member.Password, StringComparison.Ordinal));

        await Works(member, answer);
    }

    /// <summary>A browser's and Node's <c>Headers.append</c> makes one header of two values; Python's dictionary keeps the last; R's httr sends JSON.</summary>
    [Theory]
    [InlineData("{\n\t\"email\":\"EMAIL\",\n\t\"password\":\"PASSWORD\"\n}\n", "Content-Type: application/json, text/plain")]
    [InlineData("{\n\t\"email\":\"EMAIL\",\n\t\"password\":\"PASSWORD\"\n}\n", "Content-Type: text/plain")]
    [InlineData("{\"email\":\"EMAIL\",\"password\":\"PASSWORD\"}", "Content-Type: application/json")]
    [InlineData("{\"email\":\"EMAIL\",\"password\":\"PASSWORD\"}", "Content-Type: text/plain; charset=utf-8", "Content-Type: application/json")]
    [InlineData("{\"email\":\"EMAIL\",\"password\":\"PASSWORD\"}")]
    [InlineData("{\"email\":\"EMAIL\",\"password\":\"PASSWORD\"}", "Content-Type: application/x-www-form-urlencoded")]
    [InlineData("email=EMAIL&password=a+quiet+river%20bends", "Content-Type: application/x-www-form-urlencoded")]
    public async Task Each_way_in_which_clients_write_it_is_understood(string body, params string[] headers)
    {
        var member = await shared.Member();
        var (status, answer) = await shared.Post(Path, body.Replace("EMAIL", member.Email, StringComparison.Ordinal).Replace("PASSWORD", member.Password, StringComparison.Ordinal), headers);

        Assert.Equal(HttpStatusCode.OK, status);
        await Works(member, answer);
    }

    [Fact]
    public async Task The_JavaScript_and_Python_samples_run()
    {
        var member = await shared.Member();
        var javascript = """
            var myHeaders = new Headers();
            myHeaders.append("Content-Type", "application/json");
            myHeaders.append("Content-Type", "text/plain");

            var raw = "{\n	\"email\":\"your-email\",\n	\"password\":\"your-password\"\n}\n";

            var requestOptions = {
              method: 'POST',
              headers: myHeaders,
              body: raw,
              redirect: 'follow'
            };

            fetch("https://api.rapyd.ai/v1/user/token", requestOptions)
              .then(response => response.text())
              .then(result => console.log(result))
              .catch(error => console.log('error', error));
            """;
        await Works(member, await Run("node", "-e", javascript, member));
        // Its library requests may not be there: the same bytes by what is.
        var python = """
            import urllib.request

            payload = "{\n\t\"email\":\"your-email\",\n\t\"password\":\"your-password\"\n}\n"
            headers = {
              'Content-Type': 'application/json',
              'Content-Type': 'text/plain'
            }
            request = urllib.request.Request("https://api.rapyd.ai/v1/user/token", payload.encode(), headers, method="POST")
            print(urllib.request.urlopen(request).read().decode('utf8'))
            """;
        await Works(member, await Run("python3", "-c", python, member));
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_are_answered_alike()
    {
        var member = await shared.Member();
        var (wrong, wrongBody) = await Ask(member with { Password = "another password" });
        var (unknown, unknownBody) = await Ask(member with { Email = "nobody@example.org" });

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (wrong, unknown));
        Assert.Equal(wrongBody.GetRawText(), unknownBody.GetRawText());
        Assert.Equal("UNAUTHORIZED", Code(wrongBody));
        Assert.Equal(0, await shared.App.Scalar<long>("select count(*) from user_tokens where account_id = $1", member.Caller.Account));
    }

    [Fact]
    public async Task A_protected_account_asks_for_a_code_and_takes_each_once()
    {
        var member = await shared.Member();
        var secret = await shared.ProtectByCode(member);
        var code = Totp.CodeAt(secret, Totp.StepAt(DateTimeOffset.UtcNow));

        var (without, asked) = await Ask(member);
        Assert.Equal((HttpStatusCode.Unauthorized, "TWO_FACTOR_REQUIRED"), (without, Code(asked)));
        // Who does not know the password does not learn that there is a second factor.
        Assert.Equal("UNAUTHORIZED", Code((await Ask(member with { Password = "another password" })).Body));
        var (wrong, refused) = await Ask(member, "000000");
        Assert.Equal((HttpStatusCode.Unauthorized, "TWO_FACTOR_INVALID"), (wrong, Code(refused)));
        var (right, answer) = await Ask(member, code);
        Assert.Equal(HttpStatusCode.OK, right);
        await Works(member, answer);
        Assert.Equal("TWO_FACTOR_INVALID", Code((await Ask(member, code)).Body));
    }

    [Fact]
    public async Task An_account_rests_after_wrong_passwords()
    {
        var member = await shared.Member();
        for (var tries = 0; tries < 5; tries++) await Ask(member with { Password = "another password" });

        Assert.Equal(HttpStatusCode.Unauthorized, (await Ask(member)).Status);
    }

    [Fact]
    public async Task With_one_token_too_many_the_oldest_of_its_kind_ends()
    {
        var member = await shared.Member();
        var first = (await Ask(member)).Body.GetProperty("token").GetString()!;
        var second = (await Ask(member)).Body.GetProperty("token").GetString()!;
        for (var made = 2; made < 20; made++) await Ask(member);
        Assert.Equal(HttpStatusCode.OK, await Balance(first, member));

        var (status, body) = await Ask(member);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(HttpStatusCode.Unauthorized, await Balance(first, member));
        Assert.Equal(HttpStatusCode.OK, await Balance(second, member));
        await Works(member, body);
    }

    [Theory]
    [InlineData("", 400, "VALIDATION_ERROR", "Content-Type: application/json")]
    [InlineData("{", 400, "VALIDATION_ERROR", "Content-Type: application/json")]
    [InlineData("[]", 400, "VALIDATION_ERROR", "Content-Type: text/plain")]
    [InlineData("hello", 400, "VALIDATION_ERROR", "Content-Type: text/plain")]
    [InlineData("{}", 400, "VALIDATION_ERROR", "Content-Type: application/json")]
    [InlineData("""{"email":7,"password":["x"]}""", 400, "VALIDATION_ERROR", "Content-Type: application/json")]
    [InlineData("""{"email":"a@example.org"}""", 400, "VALIDATION_ERROR", "Content-Type: application/json")]
    [InlineData("email=a%40example.org", 400, "VALIDATION_ERROR", "Content-Type: application/x-www-form-urlencoded")]
    [InlineData("""{"email":"no address","password":"whatever it is"}""", 401, "UNAUTHORIZED", "Content-Type: application/json")]
    [InlineData("<xml/>", 415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type: application/xml")]
    public async Task What_cannot_be_read_is_refused_in_the_native_words(string body, int status, string code, params string[] headers)
    {
        var (answered, answer) = await shared.Post(Path, body, headers);

        Assert.Equal((status, code, false), ((int)answered, Code(answer), answer.GetProperty("success").GetBoolean()));
    }

    private async Task<JsonElement> Run(string program, string option, string code, Member member)
    {
        var (exitCode, output, errors) = await ChildProcess.Run(new ProcessStartInfo(program, [option, code.Replace("https://api.rapyd.ai", shared.Address, StringComparison.Ordinal).Replace("your-email", member.Email, StringComparison.Ordinal).Replace("your-password", member.Password, StringComparison.Ordinal)]));
        Assert.True(exitCode == 0, errors);
        return JsonElement.Parse(output);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> Ask(Member member, string? otp = null) =>
        shared.Post(Path, JsonSerializer.Serialize(new { email = member.Email, password = member.Password, otp }), "Content-Type: application/json");

    private async Task<HttpStatusCode> Balance(string token, Member member)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, shared.Address + "/v1/credits/balance");
        request.Headers.Add("Authorization", "Bearer " + token);
        request.Headers.Add("ACCOUNT-ID", member.Caller.Account.ToString());
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task Works(Member member, JsonElement answer)
    {
        Assert.Equal(("Bearer", 3600, member.Caller.Account), (answer.GetProperty("token_type").GetString(), answer.GetProperty("expires_in").GetInt32(), answer.GetProperty("account_id").GetGuid()));
        Assert.InRange(answer.GetProperty("expires_at").GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(60));
        Assert.Equal(HttpStatusCode.OK, await Balance(answer.GetProperty("token").GetString()!, member));
    }

    private static string Code(JsonElement body) => body.GetProperty("error").GetProperty("code").GetString()!;
}
