using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Rpd.Server.Database;

/// <summary>Tables and columns are named as SQL people name them: <c>CreatedAt</c> is <c>created_at</c>.</summary>
public static partial class SnakeCase
{
    public static void Apply(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            entity.SetTableName(Of(entity.GetTableName()!));
            foreach (var property in entity.GetProperties()) property.SetColumnName(Of(property.Name));
        }
    }

    public static string Of(string name) => WordStart().Replace(name, "$1_$2").ToLowerInvariant();

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex WordStart();
}
