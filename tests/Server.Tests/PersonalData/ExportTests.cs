using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rpd.Server.PersonalData;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.PersonalData;

public sealed class ExportTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Password = "a quiet river bends";

    [Fact]
    public async Task The_archive_opens_everywhere_and_holds_rows_and_files_and_no_secret()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var (_, created) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill by night"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(id);
        await caller.Post("/v1/webhooks", new { url = "https://example.com/hook", events = new[] { "generation.completed" } });
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        await visitor.Post("/settings", "/settings/profile", ("displayName", "Ada"), ("handle", "ada"), ("bio", "I draw."));

        using var answer = await visitor.Post("/settings/data", "/settings/data/export", ("password", Password));
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "all.zip");
        await File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        var python = await ChildProcess.Run(new ProcessStartInfo("python3", ["-c", "import zipfile,sys; z = zipfile.ZipFile(sys.argv[1]); bad = z.testzip(); print(bad); print([i.compress_type for i in z.infolist() if i.filename.startswith('media/')])", path]));
        Assert.Equal((0, "None\n[0]\n"), (python.ExitCode, python.Output));
        // Where the program is installed.
        if (File.Exists("/usr/bin/unzip")) Assert.Equal(0, (await ChildProcess.Run(new ProcessStartInfo("unzip", ["-t", path]))).ExitCode);

        using var zip = await ZipFile.OpenReadAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal("Ada", Rows(zip, "account.json").Single().GetProperty("display_name").GetString());
        Assert.Equal("I draw.", Rows(zip, "profile.json").Single().GetProperty("bio").GetString());
        var generation = Rows(zip, "generations.json").Single();
        Assert.Equal(("a hill by night", "image/png"), (generation.GetProperty("prompt").GetString(), generation.GetProperty("outputs")[0].GetProperty("content_type").GetString()));
        Assert.Equal(3, Rows(zip, "credits.json").Length);
        Assert.Equal("test", Rows(zip, "api_keys.json").Single().GetProperty("name").GetString());
        Assert.Equal("https://example.com/hook", Rows(zip, "webhooks.json").Single().GetProperty("url").GetString());
        Assert.NotNull(zip.GetEntry($"media/{id}/0.png"));
        Assert.Null(zip.GetEntry("missing.txt"));
        var everything = string.Concat(zip.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.Ordinal)).Select(Text));
        var hash = await app.Scalar<string>("select password_hash from accounts where id = $1", caller.Account);
        Assert.DoesNotContain(hash, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("hash\"", everything.Replace("blur_hash\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("\"secret\"", everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_password_nothing_leaves_and_guessing_ends()
    {
        var app = shared.App;
        var visitor = await PageVisitor.SignIn(app, (await app.Caller()).Account);
        for (var tries = 0; tries < 10; tries++)
        {
            using var wrong = await visitor.Post("/settings/data", "/settings/data/export", ("password", "a guess"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains("This is not your password", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        using var rested = await visitor.Post("/settings/data", "/settings/data/export", ("password", Password));
        Assert.Contains("Too many wrong passwords", await rested.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_downloads_a_day_are_enough()
    {
        var app = shared.App;
        var visitor = await PageVisitor.SignIn(app, (await app.Caller()).Account);
        for (var times = 0; times < 5; times++)
            Assert.Equal(HttpStatusCode.OK, (await visitor.Post("/settings/data", "/settings/data/export", ("password", Password))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.Post("/settings/data", "/settings/data/export", ("password", Password))).StatusCode);
    }

    [Fact]
    public async Task Every_table_that_names_an_account_is_in_the_archive_or_has_a_reason_not_to_be()
    {
        var app = shared.App;
        var tables = (await app.Scalar<string[]>(DeletionTests.NamingSql)).Select(name => name.Split('.')[0]).Distinct();

        Assert.All(tables, table => Assert.True(ArchiveRows.Without.ContainsKey(table) || ArchiveRows.All.Any(rows => Regex.IsMatch(rows.Sql, $@"\b{table}\b")), table));
    }

    private static JsonElement[] Rows(ZipArchive zip, string name) => [.. JsonDocument.Parse(Text(zip.GetEntry(name)!)).RootElement.EnumerateArray()];

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
