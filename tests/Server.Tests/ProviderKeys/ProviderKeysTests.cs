using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rpd.Server.Http;
using Rpd.Server.ProviderKeys;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.ProviderKeys;

public sealed class ProviderKeysTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_key_is_refused_in_the_vendors_words_at_its_field_and_not_kept()
    {
        var (world, _) = await KeyOwner.World(postgres);
        await using var over = world;
        var (status, body) = await world.Caller.Put(new { apiKey = "no-key-of-anybody" });
        var wrong = body.GetProperty("error").GetProperty("details")[0];
        Assert.Equal((HttpStatusCode.BadRequest, "apiKey"), (status, wrong.GetProperty("field").GetString()));
        Assert.Contains("kling does not take this key: no token", wrong.GetProperty("message").GetString(), StringComparison.Ordinal);

        var visitor = await PageVisitor.SignIn(world.App, world.Caller.Account);
        using var page = await visitor.Post("/settings/provider-keys", "/settings/provider-keys/kling", ("apiKey", "no-key-of-anybody"));
        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.Contains("id=\"f-kling-apiKey-error\"", html, StringComparison.Ordinal);
        Assert.Contains("kling does not take this key: no token", html, StringComparison.Ordinal);
        Assert.DoesNotContain("no-key-of-anybody", html, StringComparison.Ordinal);
        Assert.Equal(0, await world.App.Scalar<long>("select count(*) from provider_keys"));
    }

    [Fact]
    public async Task What_a_vendor_cannot_use_is_said_at_its_field()
    {
        var (world, kling) = await KeyOwner.World(postgres);
        await using var over = world;
        kling.Requests.Clear();
        foreach (var (body, field) in new (object, string)[]
        {
            (new { }, "apiKey"), (new { apiKey = " " }, "apiKey"), (new { accessKey = "half" }, "apiKey"), (new { apiKey = "a\r\nX-Evil: 1" }, "apiKey"), (new { apiKey = "schlüssel" }, "apiKey"),
            (new { apiKey = KeyOwner.Key, project = "mine" }, "project"), (new { apiKey = 7 }, "apiKey"),
        })
        {
            var (status, answer) = await world.Caller.Put(body);
            Assert.Equal((HttpStatusCode.BadRequest, field), (status, answer.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString()));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await world.Caller.Put(new { apiKey = KeyOwner.Key }, "studio")).Status);
        Assert.Empty(kling.Requests);
    }

    [Fact]
    public async Task A_vendor_that_cannot_be_asked_gets_the_benefit_of_the_doubt_until_it_can()
    {
        var (world, kling) = await KeyOwner.World(postgres);
        await using var over = world;
        kling.Away = true;
        var stored = await world.Caller.Bring();
        kling.Away = false;
        Assert.Contains("could not be asked", stored.GetProperty("notice").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, stored.GetProperty("checkedAt").ValueKind);

        var tried = (await world.Caller.Post("/v1/provider-keys/kling/test", new { })).Body.GetProperty("data");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.String), (tried.GetProperty("notice").ValueKind, tried.GetProperty("checkedAt").ValueKind));
        kling.Customers = [];
        tried = (await world.Caller.Post("/v1/provider-keys/kling/test", new { })).Body.GetProperty("data");
        Assert.Equal(JsonValueKind.Null, tried.GetProperty("checkedAt").ValueKind);
        Assert.Contains("no token", tried.GetProperty("notice").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_its_owners_alone_and_not_for_limited_credentials()
    {
        var (world, _) = await KeyOwner.World(postgres);
        await using var over = world;
        await world.Caller.Bring();
        var other = await world.App.Caller();
        Assert.Empty((await other.Get("/v1/provider-keys")).Body.GetProperty("data").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get("/v1/provider-keys/kling")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post("/v1/provider-keys/kling/test", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Delete("/v1/provider-keys/kling")).Status);
        Assert.False((await other.Estimate()).GetProperty("ownKey").GetBoolean());

        var limited = await world.App.TestCaller(world.Caller);
        Assert.Equal(HttpStatusCode.OK, (await limited.Get("/v1/provider-keys")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await limited.Put(new { apiKey = KeyOwner.Newer })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await limited.Delete("/v1/provider-keys/kling")).Status);
        Assert.Single((await world.Caller.Get("/v1/provider-keys")).Body.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task On_its_page_a_key_is_saved_tested_replaced_and_removed()
    {
        var (world, _) = await KeyOwner.World(postgres);
        await using var over = world;
        const string page = "/settings/provider-keys";
        var visitor = await PageVisitor.SignIn(world.App, world.Caller.Account);
        using var saved = await visitor.Post(page, $"{page}/kling", ("apiKey", KeyOwner.Key));
        Assert.Equal((HttpStatusCode.SeeOther, page), (saved.StatusCode, saved.Headers.Location!.ToString()));
        var html = await visitor.Read(page);
        Assert.Contains("Saved. kling takes the key.", html, StringComparison.Ordinal);
        Assert.Contains("•••7731", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.DoesNotContain(KeyOwner.Key, html, StringComparison.Ordinal);
        using var tested = await visitor.Post(page, $"{page}/kling/test");
        Assert.Contains("kling takes the key.", await visitor.Read(page), StringComparison.Ordinal);
        using var replaced = await visitor.Post(page, $"{page}/kling", ("apiKey", KeyOwner.Newer));
        Assert.Contains("•••9942", WebUtility.HtmlDecode(await visitor.Read(page)), StringComparison.Ordinal);
        using var removed = await visitor.Post(page, $"{page}/kling/remove");
        Assert.Contains("The key for kling is removed.", await visitor.Read(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post(page, $"{page}/kling/remove")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post(page, $"{page}/studio", ("apiKey", "x"))).StatusCode);
    }

    [Fact]
    public async Task The_secret_is_in_no_row_no_line_of_the_log_and_no_answer()
    {
        var (world, kling) = await KeyOwner.World(postgres, ("Logging:LogLevel:Default", "Trace"));
        await using var over = world;
        using var lines = new LogLines();
        world.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        var answers = new StringBuilder();
        answers.Append(await world.Caller.Bring());
        answers.Append(await world.Run(world.Video(), "text2video"));
        // A vendor that repeats what it was sent.
        kling.Once(kling.Starts, async http =>
        {
            http.Response.StatusCode = 401;
            await http.Response.WriteAsJsonAsync(new { code = 1002, message = $"The key {KeyOwner.Key} is bad" });
            return true;
        });
        var refused = await world.Run(world.Video(), "text2video");
        Assert.Equal("failed", refused.GetProperty("status").GetString());
        answers.Append(refused);
        foreach (var path in new[] { "/v1/provider-keys", "/v1/provider-keys/kling", "/v1/generations", "/v1/events", "/v1/models" }) answers.Append((await world.Caller.Get(path)).Body);
        var visitor = await PageVisitor.SignIn(world.App, world.Caller.Account);
        foreach (var path in new[] { "/settings/provider-keys", "/playground", "/library", $"/library/{refused.GetProperty("id").GetString()}" }) answers.Append(await visitor.Read(path));
        using var export = await visitor.Post("/settings/data", "/settings/data/export", ("password", "a quiet river bends"));
        using var archive = new MemoryStream(await export.Content.ReadAsByteArrayAsync(Cancel));
        var exported = await Texts(archive);
        Assert.Contains("•••7731", System.Text.RegularExpressions.Regex.Unescape(exported["provider_keys.json"]), StringComparison.Ordinal);
        Assert.DoesNotContain("sealed", exported["provider_keys.json"], StringComparison.Ordinal);

        Assert.Contains(lines.All, line => line.Contains("The key ••• is bad", StringComparison.Ordinal));
        var rows = await Rows(world.App);
        Assert.Contains("•••7731", rows, StringComparison.Ordinal);
        foreach (var spelled in new[] { KeyOwner.Key, Convert.ToBase64String(Encoding.UTF8.GetBytes(KeyOwner.Key)).TrimEnd('='), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(KeyOwner.Key)) })
        {
            Assert.DoesNotContain(spelled, rows, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(lines.All, line => line.Contains(spelled, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(spelled, answers.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(spelled, string.Concat(exported.Values), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void A_service_account_leads_to_googles_own_addresses_and_to_no_file()
    {
        using var rsa = RSA.Create(2048);
        var json = JsonSerializer.Serialize(new { type = "service_account", client_email = "a@b.iam", private_key = rsa.ExportPkcs8PrivateKeyPem(), private_key_id = "0123456789abcdef0123", token_uri = "http://169.254.169.254/token" });
        var read = Read(new { serviceAccount = json, project = "my-project", location = "europe-west4" });
        Assert.Null(read.Fields.Refusal);
        Assert.DoesNotContain("169.254", read.Credentials.ServiceAccount, StringComparison.Ordinal);
        Assert.Contains("https://oauth2.googleapis.com/token", read.Credentials.ServiceAccount, StringComparison.Ordinal);
        Assert.Equal("•••0123", read.Credentials.Hint);
        Assert.Equal("•••0123", read.Credentials.ToString());
        var access = read.Credentials.Over(new VendorAccess { ApiKey = new("operators"), BaseUrl = "http://proxy", Location = "us-central1", WebhookSecret = new("theirs") });
        Assert.Equal((null, "http://proxy", "europe-west4", null), (access.ApiKey, access.BaseUrl, access.Location, access.WebhookSecret));

        foreach (var (body, field) in new (object, string)[]
        {
            (new { serviceAccount = "/etc/passwd" }, "serviceAccount"), (new { serviceAccount = "{}" }, "serviceAccount"), (new { serviceAccount = "{\"client_email\":\"a\",\"private_key\":\"b\"}" }, "serviceAccount"),
            (new { serviceAccount = json, location = "evil.example/x?" }, "location"), (new { serviceAccount = json, project = "../../other" }, "project"), (new { accessKey = "x" }, "accessKey"),
        }) Assert.Equal(field, Assert.Single(Read(body).Fields.Errors).Field);

        static (OwnCredentials Credentials, Fields Fields) Read(object body)
        {
            var fields = Fields.Of(JsonSerializer.SerializeToElement(body));
            return (KeyFields.Read(fields, "google"), fields);
        }
    }

    private static async Task<Dictionary<string, string>> Texts(Stream archive)
    {
        using var zip = new ZipArchive(archive);
        var texts = new Dictionary<string, string>();
        foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            texts[entry.FullName] = await reader.ReadToEndAsync();
        }
        return texts;
    }

    /// <summary>Every row of every table as text; bytes are hex there.</summary>
    private static async Task<string> Rows(App app)
    {
        var tables = (await app.Scalar<string>("select string_agg(format('%I.%I', table_schema, table_name), ',') from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")).Split(',');
        Assert.Contains("public.provider_keys", tables);
        var all = new StringBuilder();
        foreach (var table in tables) all.Append(await app.Scalar<string>($"select coalesce(string_agg(t::text, chr(10)), '') from {table} t"));
        return all.ToString();
    }
}
