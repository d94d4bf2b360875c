using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>The tools whose history can be imported.</summary>
public static class KnownTools
{
    /// <summary>All of them; of two whose tables look alike, the one that says more about its table comes first.</summary>
    public static IReadOnlyList<ForeignTool> All { get; } =
    [
        new Flyway(), new Liquibase(), new EntityFramework(), new DbUp(), new Evolve(), new Grate(), new Prisma(), new SupabaseCli(),
        new NodePgMigrate(), new Goose(), new FluentMigrator(), new MigrateMongo(), new MongoMigrateTs(), new MigrateMongoose(), new Mongock(),
        new MongoDbMigrations(), new MongoMigration(), new GolangMigrate(), new Ecto(), new Dbmate(),
    ];

    /// <summary>The tool of a name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <exception cref="MigrationException">MIG1010 when there is none.</exception>
    public static ForeignTool ForName(string name) =>
        All.FirstOrDefault(tool => tool.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw Errors.InvalidOption("MigrateImportFrom", name, $"one of: {string.Join(", ", All.Select(tool => tool.Name).Order(StringComparer.Ordinal))}", All.Select(tool => tool.Name));

    /// <summary>Those that keep their history in such a database.</summary>
    /// <param name="catalog">The database.</param>
    public static IEnumerable<ForeignTool> Of(ITableCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return All.Where(tool => (tool.Stores & catalog.Stores) != 0);
    }

    /// <summary>Whose table has these columns, or <see langword="null"/> when it is none of these tools'.</summary>
    /// <param name="columns">The table's columns.</param>
    public static ForeignTool? Recognise(IReadOnlyCollection<string> columns) => All.FirstOrDefault(tool => tool.Recognises(columns));
}
