using MigrationTasks.Engine.Databases;
using MigrationTasks.MongoDb;
using MigrationTasks.MySql;
using MigrationTasks.PostgreSql;
using MigrationTasks.Sqlite;

namespace MigrationTasks.Adapters;

/// <summary>The databases that MigrationTasks ships with: the one place where an adapter is registered.</summary>
public static class BuiltInAdapters
{
    /// <summary>The adapters; where two share a URL scheme, the first has it.</summary>
    public static IReadOnlyList<AdapterDefinition> All { get; } = [new SqliteDefinition(), new PostgreSqlDefinition(), new SupabaseDefinition(), new MySqlDefinition(), new MongoDbDefinition()];

    /// <summary>A factory that knows all of them.</summary>
    public static AdapterFactory CreateFactory() => new(All);
}
