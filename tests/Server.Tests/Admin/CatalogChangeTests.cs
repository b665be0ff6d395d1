using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Catalog;
using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Admin;

/// <summary>Administrators change the catalogue while the server runs: it counts at once, everywhere, and what was made keeps its price.</summary>
public sealed class CatalogChangeTests(TestPostgres postgres)
{
    private static readonly object Sketch = new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill" };

    [Fact]
    public async Task A_hidden_model_is_in_no_list_and_refused_until_it_is_shown_again()
    {
        await using var app = await App.Scripted(postgres);
        var (admin, caller) = (await app.Caller(admin: true), await app.Caller());
        var before = (await caller.Post("/v1/generations", Sketch)).Body.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(before);
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var stranger = app.CreateClient();
        Assert.Contains("/models/studio-sketch", await Page(stranger, "/models?provider=studio"), StringComparison.Ordinal);

        await Changed(admin, "studio-sketch", new { hidden = true });

        Assert.DoesNotContain(Ids((await caller.Get("/v1/models")).Body), id => id == "studio-sketch");
        Assert.DoesNotContain("/models/studio-sketch", await Page(stranger, "/models?provider=studio"), StringComparison.Ordinal);
        Assert.DoesNotContain("/models/studio-sketch", await Page(stranger, "/sitemap.xml"), StringComparison.Ordinal);
        foreach (var path in new[] { "/v1/models/studio-sketch", "/v1/models/studio-sketch/choices", "/models/studio-sketch" })
            Assert.Equal(HttpStatusCode.NotFound, (await caller.Http.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
        foreach (var path in new[] { "/v1/generations", "/v1/credits/estimate" })
            Assert.Equal(HttpStatusCode.BadRequest, (await caller.Post(path, Sketch)).Status);
        Assert.DoesNotContain("value=\"studio-sketch\"", await visitor.Read("/playground?type=text2image"), StringComparison.Ordinal);
        // What was made with it keeps its name.
        Assert.Contains("Studio Sketch", await visitor.Read($"/library/{before}"), StringComparison.Ordinal);
        Assert.Contains(Ids((await admin.Get("/v1/admin/models?q=sketch")).Body), id => id == "studio-sketch");

        await Changed(admin, "studio-sketch", new { hidden = (bool?)null });

        Assert.Equal(HttpStatusCode.Created, (await caller.Post("/v1/generations", Sketch)).Status);
    }

    [Fact]
    public async Task A_model_that_is_delivered_off_is_offered_once_it_is_enabled()
    {
        await using var app = await App.Start(postgres);
        var admin = await app.Caller(admin: true);
        var off = (await admin.Get("/v1/admin/models?q=flux-3-video")).Body.GetProperty("data")[0];
        Assert.Equal((false, false), (off.GetProperty("shown").GetBoolean(), off.GetProperty("enabledByDefault").GetBoolean()));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get("/v1/models/flux-3-video")).Status);

        await Changed(admin, "flux-3-video", new { enabled = true });

        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/v1/models/flux-3-video")).Status);
    }

    [Fact]
    public async Task Another_rate_and_a_margin_count_at_once_and_what_was_made_keeps_its_price()
    {
        await using var app = await App.Scripted(postgres);
        var (admin, caller) = (await app.Caller(admin: true), await app.Caller());
        var stranger = app.CreateClient();
        var old = (await caller.Post("/v1/generations", Sketch)).Body.GetProperty("data");
        Assert.Contains("<b>1 credit</b>", await Page(stranger, "/models/studio-sketch"), StringComparison.Ordinal);
        Assert.DoesNotContain("20 pictures", await Page(stranger, "/pricing"), StringComparison.Ordinal);

        await Changed(admin, "studio-sketch", new { rate = 3 });
        var (status, margin) = await admin.Put("/v1/admin/providers/studio/margin", new { percent = 33.4 });

        Assert.Equal((HttpStatusCode.OK, 33.4m), (status, margin.GetProperty("data").GetProperty("percent").GetDecimal()));
        // 4.002 a picture is rounded up to 4.01, four of them to 17.
        Assert.Equal(5, (await caller.Post("/v1/credits/estimate", Sketch)).Body.GetProperty("credits").GetInt64());
        var dear = (await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", count = 4 })).Body.GetProperty("data");
        Assert.Equal(17, dear.GetProperty("creditsCost").GetInt64());
        Assert.Equal(4.01m, (await caller.Get("/v1/models/studio-sketch")).Body.GetProperty("data").GetProperty("creditCostPerImage").GetDecimal());
        Assert.Contains("<b>5 credits</b>", await Page(stranger, "/models/studio-sketch"), StringComparison.Ordinal);
        Assert.Contains("20 pictures", await Page(stranger, "/pricing"), StringComparison.Ordinal);
        var kept = await caller.Ended(old.GetProperty("id").GetGuid());
        Assert.Equal((1, 1), (kept.GetProperty("creditsCost").GetInt64(), kept.GetProperty("receipt").GetProperty("captured").GetInt64()));
        var view = (await admin.Get("/v1/admin/models?q=studio-sketch")).Body.GetProperty("data")[0];
        Assert.Equal([4.01m, 1m, 33.4m, 3m], new[] { view.GetProperty("rate"), view.GetProperty("deliveredRate"), view.GetProperty("margin"), view.GetProperty("changes").GetProperty("rate") }.Select(number => number.GetDecimal()));
    }

    [Fact]
    public async Task A_default_is_used_and_priced_where_a_request_says_nothing_and_only_there()
    {
        await using var app = await App.Start(postgres, ("Jobs:SlowWorkers", "0"));
        var admin = await app.Caller(admin: true);
        var test = await app.TestCaller(admin);
        await Changed(admin, "kling-3.0", new { defaults = new { resolution = "1080p", audio = "native", duration = 3 } });

        Assert.Equal((12, "1080p", "native", 3m), await Ask(new { }));
        Assert.Equal((9, "720p", "native", 3m), await Ask(new { resolution = "720p" }));
        Assert.Equal((15, "1080p", "off", 5m), await Ask(new { audio = "off", duration = 5 }));
        Assert.Contains("<b>12 credits</b>", await Page(app.CreateClient(), "/models/kling-3.0"), StringComparison.Ordinal);
        await Changed(admin, "kling-3.0", new { defaults = new { audio = (string?)null } });
        Assert.Equal((9, "1080p", "off", 3m), await Ask(new { }));

        async Task<(long, string, string, decimal)> Ask(object parameters)
        {
            var request = new { type = "text2video", provider = "kling", model = "kling-3.0", prompt = "a hill", @params = parameters };
            var price = (await test.Post("/v1/credits/estimate", request)).Body.GetProperty("credits").GetInt64();
            var id = (await test.Post("/v1/generations", request)).Body.GetProperty("data").GetProperty("id").GetGuid();
            var made = (await test.Get($"/v1/generations/{id}")).Body.GetProperty("data");
            Assert.Equal(price, made.GetProperty("creditsCost").GetInt64());
            var used = made.GetProperty("params");
            return (price, used.GetProperty("resolution").GetString()!, used.GetProperty("audio").GetString()!, used.GetProperty("duration").GetDecimal());
        }
    }

    [Theory]
    [InlineData("studio-sketch", """{"rate":-1}""", "rate")]
    [InlineData("studio-sketch", """{"rate":1.005}""", "rate")]
    [InlineData("studio-sketch", """{"rate":"3"}""", "rate")]
    [InlineData("studio-sketch", """{"hidden":"yes","rate":2}""", "hidden")]
    [InlineData("studio-sketch", """{"rate":2,"alternatives":["studio-sketch"]}""", "alternatives")]
    [InlineData("studio-sketch", """{"rate":2,"alternatives":["kling-3.0"]}""", "alternatives")]
    [InlineData("studio-sketch", """{"rate":2,"alternatives":["no-such"]}""", "alternatives")]
    [InlineData("studio-sketch", """{"rate":2,"alternatives":["nano-banana-pro","nano-banana-pro"]}""", "alternatives")]
    [InlineData("studio-sketch", """{"rate":2,"defaults":{"aspectRatio":"7:1"}}""", "defaults.aspectRatio")]
    [InlineData("studio-sketch", """{"rate":2,"defaults":{"colour":"red"}}""", "defaults.colour")]
    [InlineData("studio-sketch", """{"rate":2,"defaults":{"width":"64"}}""", "defaults.width")]
    [InlineData("studio-sketch", """{"rate":2,"defaults":[]}""", "defaults")]
    [InlineData("kling-3.0", """{"rate":2,"defaults":{"firstFrame":"https://example.com/a.png"}}""", "defaults.firstFrame")]
    [InlineData("kling-2.6", """{"rate":2,"defaults":{"audio":"native"}}""", "defaults")]
    [InlineData("gemini-omni-1.1-flash", """{"rate":2,"defaults":{"resolution":"4k"}}""", "defaults")]
    public async Task What_does_not_fit_is_refused_by_field_and_changes_nothing(string model, string body, string field)
    {
        await using var app = await App.Start(postgres);
        var admin = await app.Caller(admin: true);
        var before = (await admin.Get($"/v1/admin/models?q={model}")).Body.ToString();

        var (status, refused) = await admin.Patch($"/v1/admin/models/{model}", JsonElement.Parse(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(refused.GetProperty("error").GetProperty("details").EnumerateArray(), detail => detail.GetProperty("field").GetString() == field);
        Assert.Equal(before, (await admin.Get($"/v1/admin/models?q={model}")).Body.ToString());
        Assert.Equal(0, await app.Scalar<long>("select (select count(*) from catalog_changes) + (select count(*) from audit_entries)"));
    }

    [Fact]
    public async Task Of_two_administrators_at_once_neither_loses_what_they_said_and_the_audit_has_both_in_order()
    {
        await using var app = await App.Start(postgres);
        var admins = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Caller(admin: true)));
        object[] wishes = [new { rate = 2 }, new { alternatives = new[] { "nano-banana-pro" } }, new { defaults = new { seed = 7 } }, new { defaults = new { aspectRatio = "16:9" } }];

        var answers = await Task.WhenAll(admins.Zip(wishes, (admin, wish) => admin.Patch("/v1/admin/models/studio-sketch", wish)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var stored = JsonElement.Parse(await app.Scalar<string>("select change::text from catalog_changes"));
        Assert.Equal((2, "nano-banana-pro", 7, "16:9"), (stored.GetProperty("rate").GetInt32(), stored.GetProperty("alternatives")[0].GetString(), stored.GetProperty("defaults").GetProperty("seed").GetInt32(), stored.GetProperty("defaults").GetProperty("aspectRatio").GetString()));
        // Each began where another ended, and one where nothing was.
        Assert.Equal(3, await app.Scalar<long>("select count(*) from audit_entries one join audit_entries other on other.after = one.before"));
        Assert.Equal(4, await app.Scalar<long>("select version from catalog_changes"));
    }

    [Fact]
    public async Task The_audit_says_who_changed_what_from_where_to_what_and_cannot_be_changed_itself()
    {
        await using var app = await App.Start(postgres);
        var admin = await app.Caller(admin: true);
        await Changed(admin, "studio-sketch", new { rate = 2 });
        await Changed(admin, "studio-sketch", new { rate = 3, hidden = false });
        // What changes nothing is no change.
        await Changed(admin, "studio-sketch", new { rate = 3.0m });
        await admin.Put("/v1/admin/providers/kling/margin", new { percent = 5 });

        Assert.Equal(3, await app.Scalar<long>("select count(*) from audit_entries where account_id = $1 and address is not null and actor like '@%' || (select email from accounts where id = $1)", admin.Account));
        Assert.Equal("""catalog.model studio-sketch {"rate": 2, "defaults": {}} {"rate": 3, "hidden": false, "defaults": {}}""",
            await app.Scalar<string>("select concat_ws(' ', action, target, before::text, after::text) from audit_entries order by id offset 1 limit 1"));
        foreach (var sql in new[] { "update audit_entries set action = 'x'", "delete from audit_entries", "truncate audit_entries" })
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => app.Execute(sql));
        await app.Execute("update audit_entries set account_id = null");
        var page = await (await PageVisitor.Administer(app, admin.Account)).Read("/admin/audit");
        Assert.Contains("catalog.provider: kling", page, StringComparison.Ordinal);
        Assert.Contains("from ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_node_sells_by_a_change_within_seconds_and_a_new_one_from_its_first_answer()
    {
        await using var app = await App.Start(postgres);
        await using var twin = app.Twin();
        var admin = await app.Caller(admin: true);
        Assert.Equal(1, await Price(twin));

        await Changed(admin, "studio-sketch", new { rate = 7 });

        Assert.Equal(7, await Price(app));
        for (var waited = 0; waited < 100 && await Price(twin) != 7; waited++) await Task.Delay(100);
        Assert.Equal(7, await Price(twin));
        await using var restarted = app.Twin();
        Assert.Equal(7, await Price(restarted));
        // And the other way round: versions go on where the other node ended.
        await using var later = app.Twin();
        using var http = later.CreateClient();
        http.DefaultRequestHeaders.Add("X-API-KEY", admin.Key);
        await Changed(new(admin.Account, http, admin.Key), "studio-sketch", new { rate = 8 });
        for (var waited = 0; waited < 100 && await Price(app) != 8; waited++) await Task.Delay(100);
        Assert.Equal(8, await Price(app));

        async Task<long> Price(App node)
        {
            using var client = node.CreateClient();
            client.DefaultRequestHeaders.Add("X-API-KEY", admin.Key);
            return (await new Caller(admin.Account, client, admin.Key).Post("/v1/credits/estimate", Sketch)).Body.GetProperty("credits").GetInt64();
        }
    }

    [Fact]
    public async Task A_stored_change_that_does_not_fit_any_more_is_left_out_and_stops_nothing()
    {
        await using var app = await App.Start(postgres);
        await app.Execute("""
            insert into catalog_changes (kind, name, change, version, changed_at) values
              ('model', 'studio-sketch', '{"rate":2,"defaults":{"gone":"x"},"alternatives":["gone"]}', 1, now()), ('model', 'gone', '{"hidden":true}', 2, now()),
              ('provider', 'gone', '{"margin":5}', 3, now()), ('type', 'text2image', '{"preferred":"gone"}', 4, now()), ('type', 'audio', '{"preferred":null}', 5, now())
            """);
        await using var restarted = app.Twin();
        var catalog = restarted.Services.GetRequiredService<ModelCatalog>();

        var entry = catalog.Find("studio-sketch")!;
        Assert.Equal((2m, 0, 0), (entry.BaseRate!.Value, entry.OwnDefaults.Count, entry.Alternatives.Count));
        Assert.Equal(5, catalog.Version);
        Assert.Equal(5, catalog.Wishes.Faults.Count);
    }

    [Fact]
    public async Task What_runs_at_a_vendor_is_finished_although_its_model_is_hidden_meanwhile()
    {
        await using var world = await VendorWorld.Start(postgres, new KlingServer());
        var admin = await world.App.Caller(admin: true);
        var id = await world.Begin(world.Catalog.Find("kling-2.5-turbo")!, "text2video");

        await Changed(admin, "kling-2.5-turbo", new { hidden = true });

        Assert.Equal("completed", (await world.Caller.Ended(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Only_keys_of_administrators_with_the_scope_may()
    {
        await using var app = await App.Start(postgres);
        var (admin, former, caller) = (await app.Caller(admin: true), await app.Caller(admin: true), await app.Caller());
        await app.Execute("update accounts set role = 'user' where id = $1", former.Account);
        // An administrator's key without the scope.
        var plain = await app.Caller();
        await app.Execute("update accounts set role = 'admin' where id = $1", plain.Account);

        foreach (var refused in new[] { former, caller, plain })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await refused.Get("/v1/admin/models")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await refused.Patch("/v1/admin/models/studio-sketch", new { rate = 5 })).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await refused.Put("/v1/admin/providers/studio/margin", new { percent = 5 })).Status);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CreateClient().GetAsync(new Uri("/v1/admin/models", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Patch("/v1/admin/models/no-such", new { rate = 5 })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Put("/v1/admin/providers/nobody/margin", new { percent = 5 })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Put("/v1/admin/providers/studio/margin", new { })).Status);
        Assert.Equal(0, await app.Scalar<long>("select count(*) from audit_entries"));
    }

    [Fact]
    public async Task Nothing_of_how_a_provider_is_reached_is_shown()
    {
        await using var app = await App.Start(postgres, ("Providers:kling:ApiKey", "very-secret-key-of-kling"), ("Providers:kling:BaseUrl", "https://hidden.example.org"));
        var admin = await app.Caller(admin: true);
        var visitor = await PageVisitor.Administer(app, admin.Account);

        foreach (var text in new[] { (await admin.Get("/v1/admin/models?provider=kling")).Body.ToString(), await visitor.Read("/admin/models"), await visitor.Read("/admin/models/kling-3.0") })
        {
            Assert.DoesNotContain("very-secret", text, StringComparison.Ordinal);
            Assert.DoesNotContain("hidden.example.org", text, StringComparison.Ordinal);
        }
    }

    private static async Task Changed(Caller admin, string model, object change)
    {
        var (status, body) = await admin.Patch($"/v1/admin/models/{model}", change);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
    }

    private static IEnumerable<string?> Ids(JsonElement list) => list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString());

    private static Task<string> Page(HttpClient client, string path) => client.GetStringAsync(new Uri(path, UriKind.Relative));
}
