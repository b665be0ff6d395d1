using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Architecture;

/// <summary>The model that the code reads with and the schema that the migrations make are written apart: this holds them together.</summary>
public sealed class SchemaTests(TestPostgres postgres)
{
    private static readonly Dictionary<string, string> TypeAliases = new()
    {
        ["int4"] = "integer",
        ["int8"] = "bigint",
        ["bool"] = "boolean",
        ["timestamptz"] = "timestamp with time zone",
        ["float8"] = "double precision",
        ["_text"] = "text[]",
        ["_int4"] = "integer[]",
        ["_uuid"] = "uuid[]",
    };

    [Fact]
    public async Task The_model_has_every_table_and_column_of_the_schema_and_no_other()
    {
        var connection = await postgres.CreateDatabase();
        var schema = await Columns(connection);
        await using var db = new AppDb(new DbContextOptionsBuilder<AppDb>().UseNpgsql(connection).Options);

        var model = db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Select(property =>
            $"{entity.GetTableName()}.{property.GetColumnName()} {property.GetColumnType()}{(property.IsNullable ? "" : " not null")}")).Order(StringComparer.Ordinal);

        Assert.Equal(schema, model);
    }

    [Fact]
    public async Task The_model_has_the_primary_keys_of_the_schema()
    {
        var connection = await postgres.CreateDatabase();
        var schema = await Read(connection, """
            select c.relname || '(' || string_agg(a.attname, ',' order by a.attname) || ')' from pg_index i join pg_class c on c.oid = i.indrelid
            join pg_attribute a on a.attrelid = c.oid and a.attnum = any((i.indkey::int2[])[0:i.indnkeyatts - 1]) where i.indisprimary and c.relnamespace = 'public'::regnamespace
              and c.relname <> 'schema_migrations' group by c.relname
            """);
        await using var db = new AppDb(new DbContextOptionsBuilder<AppDb>().UseNpgsql(connection).Options);

        var model = db.Model.GetEntityTypes().Select(entity =>
            $"{entity.GetTableName()}({string.Join(',', entity.FindPrimaryKey()!.Properties.Select(property => property.GetColumnName()).Order(StringComparer.Ordinal))})");

        Assert.Equal(schema, model.Order(StringComparer.Ordinal));
    }

    private static async Task<string[]> Columns(string connection)
    {
        var columns = await Read(connection, """
            select table_name || '.' || column_name || ' ' || udt_name || case is_nullable when 'NO' then ' not null' else '' end
            from information_schema.columns where table_schema = 'public' and table_name <> 'schema_migrations'
            """);
        return [.. columns.Select(column =>
        {
            var parts = column.Split(' ', 3);
            return string.Join(' ', [parts[0], TypeAliases.GetValueOrDefault(parts[1], parts[1]), .. parts.Skip(2)]);
        }).Order(StringComparer.Ordinal)];
    }

    private static async Task<string[]> Read(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return [.. rows.Order(StringComparer.Ordinal)];
    }
}
