using System.Globalization;

namespace MigrationTasks.Benchmarks.Migrations;

/// <summary>A migration to measure with, the same for every tool; each writes it in the form that it wants.</summary>
/// <param name="Number">Its place in the order, from 1.</param>
/// <param name="Statements">Its statements.</param>
internal sealed record SampleMigration(int Number, IReadOnlyList<string> Statements)
{
    private static readonly DateTime FirstWritten = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A timestamp, which every tool takes for a version.</summary>
    public string Version => FirstWritten.AddSeconds(Number).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    public string Title => $"add_items_{Number}";

    /// <summary>Version and title, without an ending.</summary>
    public string Name => $"{Version}_{Title}";

    public string Sql => string.Concat(Statements.Select(statement => $"{statement};\n"));

    /// <summary>
    /// Migrations of three statements: a table with a primary key, a column more, two rows. PostgreSQL and SQLite both take them.
    /// </summary>
    public static IReadOnlyList<SampleMigration> WithTables(int count) => Create(count, number =>
    [
        $"CREATE TABLE items_{number} (id integer PRIMARY KEY, price numeric(10, 2) NOT NULL)",
        $"ALTER TABLE items_{number} ADD COLUMN stock integer NOT NULL DEFAULT 0",
        $"INSERT INTO items_{number} (id, price) VALUES (1, 9.99), (2, 19.99)",
    ]);

    /// <summary>Migrations that leave nothing behind, to fill a history with.</summary>
    public static IReadOnlyList<SampleMigration> WithoutEffect(int count) => Create(count, number => [$"SELECT {number}"]);

    private static List<SampleMigration> Create(int count, Func<int, IReadOnlyList<string>> statements) =>
        [.. Enumerable.Range(1, count).Select(number => new SampleMigration(number, statements(number)))];
}
