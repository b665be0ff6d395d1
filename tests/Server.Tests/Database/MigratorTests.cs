using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rpd.Server.Database;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Database;

public sealed class MigratorTests(TestPostgres postgres)
{
    private static readonly Migration First = new(1, "boxes", "CREATE TABLE boxes (id int PRIMARY KEY);\nINSERT INTO boxes VALUES (1);");
    private static readonly Migration Second = new(2, "lids", "ALTER TABLE boxes ADD lid text NOT NULL DEFAULT 'oak; with a hinge';");

    [Fact]
    public async Task Applies_what_is_missing_in_order_and_nothing_twice()
    {
        var database = await postgres.CreateEmptyDatabase();

        Assert.Equal(1, await Apply(database, First));
        Assert.Equal(1, await Apply(database, First, Second));
        Assert.Equal(0, await Apply(database, First, Second));
        Assert.Equal("oak; with a hinge", await Scalar(database, "SELECT lid FROM boxes"));
        Assert.Equal("1 boxes, 2 lids", await Scalar(database, "SELECT string_agg(number || ' ' || name, ', ' ORDER BY number) FROM schema_migrations"));
    }

    [Fact]
    public async Task Servers_that_start_at_once_apply_each_migration_once()
    {
        var database = await postgres.CreateEmptyDatabase();
        var slow = First with { Sql = First.Sql + "SELECT pg_sleep(0.3);" };

        var applied = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Apply(database, slow, Second)));

        Assert.Equal([0, 0, 0, 0, 2], applied.Order());
    }

    [Fact]
    public async Task Refuses_a_file_that_changed_after_it_was_applied()
    {
        var database = await postgres.CreateEmptyDatabase();
        await Apply(database, First);

        var refusal = await Assert.ThrowsAsync<CannotStart>(() => Apply(database, First with { Sql = "CREATE TABLE crates (id int);" }, Second));

        Assert.StartsWith("Migration 0001_boxes.sql has changed since it was applied", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await Scalar(database, "SELECT count(*) FROM schema_migrations"));
    }

    [Fact]
    public async Task Line_ends_of_another_system_are_no_change()
    {
        var database = await postgres.CreateEmptyDatabase();
        await Apply(database, First);

        Assert.Equal(0, await Apply(database, new Migration(1, "boxes", First.Sql.ReplaceLineEndings("\r\n"))));
    }

    [Fact]
    public async Task Refuses_a_database_that_is_newer_than_the_program()
    {
        var database = await postgres.CreateEmptyDatabase();
        await Apply(database, First, Second);

        var refusal = await Assert.ThrowsAsync<CannotStart>(() => Apply(database, First));

        Assert.StartsWith("The database is newer than this program", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_of_itself_and_is_named_with_its_error()
    {
        var database = await postgres.CreateEmptyDatabase();
        var broken = new Migration(2, "broken", "CREATE TABLE half (id int);\nINSERT INTO boxes VALUES (2);\nSELECT missing FROM boxes;");

        var refusal = await Assert.ThrowsAsync<CannotStart>(() => Apply(database, First, broken));

        Assert.Equal("Migration 0002_broken.sql failed, and nothing of it was kept: column \"missing\" does not exist", refusal.Message);
        Assert.Equal("1 1", await Scalar(database, "SELECT (SELECT count(*) FROM boxes) || ' ' || (SELECT count(*) FROM schema_migrations)"));
        Assert.Equal(DBNull.Value, await Scalar(database, "SELECT to_regclass('half')::text"));
    }

    [Fact]
    public void Refuses_a_gap_a_twin_and_a_name_without_a_number()
    {
        Assert.Contains("a gap at number 0002", Assert.Throws<CannotStart>(() => Migration.InOrder([First, Second with { Number = 3 }])).Message, StringComparison.Ordinal);
        Assert.Contains("a second file at number 0001", Assert.Throws<CannotStart>(() => Migration.InOrder([First, Second with { Number = 1 }])).Message, StringComparison.Ordinal);
        Assert.Throws<CannotStart>(() => Migration.Parse("accounts.sql", ""));
    }

    [Fact]
    public async Task A_cloned_database_has_the_products_schema()
    {
        var database = await postgres.CreateDatabase();

        Assert.Equal((long)Migration.Embedded.Count, await Scalar(database, "SELECT count(*) FROM schema_migrations"));
    }

    private static Task<int> Apply(string database, params Migration[] migrations) =>
        new Migrator(database, migrations, NullLogger.Instance).Apply(TestContext.Current.CancellationToken);

    private static async Task<object?> Scalar(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
