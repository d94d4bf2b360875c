using MigrationTasks.Adapters.PostgreSql;
using MigrationTasks.Engine.Adapters;

namespace MigrationTasks.Adapters;

/// <summary>The databases that MigrationTasks ships: one line each.</summary>
public static class BuiltInAdapters
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<AdapterDefinition> All =
    [
        new PostgreSqlDefinition(),
        new SupabaseDefinition(),
    ];

    /// <summary>Creates a factory that knows them all.</summary>
    public static AdapterFactory CreateFactory() => new(All);
}
