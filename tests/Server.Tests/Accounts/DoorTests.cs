using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Accounts;
using Rpd.Server.Operator;
using Rpd.Server.Plans;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Accounts;

public sealed class DoorTests(TestPostgres postgres)
{
    private const string Password = "a quiet river bends";

    [Fact]
    public async Task No_form_is_taken_without_its_token()
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        await browser.Join(host, "ada@example.org", Password);
        var forms = host.Forms();
        Assert.True(forms.Count >= 14, string.Join(' ', forms));
        foreach (var form in forms)
        {
            var path = form.Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
            foreach (var content in new HttpContent[] { new FormUrlEncodedContent([new("email", "x@example.org")]), new ByteArrayContent([]) })
            {
                // Whoever is signed in is led on by the forms of strangers.
                var sender = path is "/sign-up" || path.StartsWith("/sign-in", StringComparison.Ordinal) ? host.Open() : browser;
                var answer = await sender.Http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{path}: {answer.StatusCode}");
            }
        }
        Assert.NotEqual("nobody", await browser.Me());
    }

    [Fact]
    public async Task A_form_that_holds_nothing_is_shown_again_and_never_an_error()
    {
        await using var host = await AccountsHost.Start(postgres);
        foreach (var path in new[] { "/sign-up", "/sign-in", "/forgot-password", "/reset-password", "/confirm/resend" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Open().Post(path)).StatusCode);
    }

    [Fact]
    public async Task Visitors_are_asked_to_sign_in_and_brought_back()
    {
        await using var host = await AccountsHost.Start(postgres);
        Assert.Equal("/sign-in?returnUrl=%2Fsettings%2Fsessions", (await host.Open().Get("/settings/sessions")).Headers.Location?.ToString());
        foreach (var path in new[] { "/sign-up", "/sign-in", "/forgot-password", "/reset-password" })
        {
            using var head = new HttpRequestMessage(HttpMethod.Head, path);
            Assert.Equal(HttpStatusCode.OK, (await host.Open().Http.SendAsync(head, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Theory]
    [InlineData("/library?q=fox", "/library?q=fox")]
    [InlineData("//elsewhere.example", "/playground")]
    [InlineData("/%C3%A9", "/playground")]
    [InlineData("/a%20b", "/playground")]
    public async Task Nobody_is_led_where_a_header_cannot_point(string back, string expected)
    {
        await using var host = await AccountsHost.Start(postgres);
        var browser = host.Open();
        await browser.Join(host, "ada@example.org", Password);
        Assert.Equal(expected, (await browser.Get("/sign-in?returnUrl=" + back)).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_first_link_makes_one_administrator_and_then_nobody()
    {
        await using var host = await AccountsHost.Start(postgres);
        await host.Execute($"update installation set value = '{CreateFirstAdmin.Hash("printed")}' where name = 'first-admin'");
        Assert.Equal(HttpStatusCode.NotFound, (await host.Open().Get("/setup?token=guessed")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Open().Get("/setup?token=printed")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Setup("root@example.org", "short")).StatusCode);
        var both = await Task.WhenAll(Setup("root@example.org", Password), Setup("toor@example.org", Password));
        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.NotFound], both.Select(answer => answer.StatusCode).Order());
        Assert.Equal(1L, await host.Scalar<long>("select count(*) from accounts where role = 'admin' and email_confirmed"));
        Assert.Equal(0L, await host.Scalar<long>("select count(*) from installation where name = 'first-admin'"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Open().Get("/setup?token=printed")).StatusCode);

        Task<HttpResponseMessage> Setup(string email, string password) => host.Open().Post("/setup", ("token", "printed"), ("email", email), ("password", password));
    }

    [Fact]
    public async Task The_operator_adds_a_user_with_exactly_the_credits_and_the_key_that_were_asked_for()
    {
        await using var host = await AccountsHost.Start(postgres);
        await using var scope = host.Services.CreateAsyncScope();
        var add = ActivatorUtilities.CreateInstance<AddUser>(scope.ServiceProvider);
        var words = NewUserWords.Read(["op@example.org", "--password", Password, "--credits", "250", "--with-key"], host.Services.GetRequiredService<PlanList>(), out _)!;
        var added = await add.Run(words, TestContext.Current.CancellationToken);
        Assert.Equal(250L, await host.Scalar<long>("select purchased + promo + allowance from credit_balances"));
        var caller = host.Open();
        caller.Http.DefaultRequestHeaders.Add("X-API-KEY", added.Value!.ApiKey);
        Assert.Equal(HttpStatusCode.OK, (await caller.Get("/v1/test/read")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await host.Open().SignIn("op@example.org", Password)).StatusCode);
        Assert.False(await host.Scalar<bool>("select 'admin' = any(scopes) from api_keys"));
        scope.ServiceProvider.GetRequiredService<AppDb>().ChangeTracker.Clear();
        Assert.Equal("CONFLICT", (await add.Run(words, TestContext.Current.CancellationToken)).Refusal?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a@example.org")]
    [InlineData("a@example.org --password short")]
    [InlineData("a@example.org --password long-enough-words --plan gold")]
    [InlineData("a@example.org --password long-enough-words --credits -1")]
    [InlineData("a@example.org --password long-enough-words --sudo")]
    public async Task The_operator_is_told_what_is_wrong_with_the_words(string words)
    {
        await using var host = await AccountsHost.Start(postgres);
        Assert.Null(NewUserWords.Read(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), host.Services.GetRequiredService<PlanList>(), out var wrong));
        Assert.NotEmpty(wrong);
    }
}
