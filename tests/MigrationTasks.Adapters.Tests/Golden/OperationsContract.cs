using System.Text;
using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Databases;

namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>
/// Holds the order of operations in one text per database: where a transaction begins and ends, when a row is claimed, what
/// runs under which lock. A change of it is seen at once, whether a test of behaviour notices it or not.
/// </summary>
public abstract class OperationsContract
{
    private const string Outside = "-- Transaction: none\n";

    private readonly StringBuilder _text = new();

    /// <summary>The adapter under test.</summary>
    protected abstract AdapterDefinition Definition { get; }

    /// <summary>The approved file.</summary>
    protected abstract string FileName { get; }

    /// <summary>A statement that must run outside a transaction.</summary>
    protected abstract string OutsideOnly { get; }

    /// <summary>How a statement begins that builds a unique index outside a transaction.</summary>
    protected abstract string BuildIndex { get; }

    /// <summary>Builds an index on <c>a (id)</c> outside a transaction, although there are two rows that are the same.</summary>
    protected virtual string BuildOtherIndex => $"{BuildIndex} a_id ON a (id) WHERE id > 1";

    /// <summary>Makes a database that nobody has used, whose operations are written down.</summary>
    private protected abstract Task<RecordedDatabase> CreateDatabaseAsync();

    [TestMethod]
    public async Task Operations_come_in_the_approved_order()
    {
        await RecordAsync("first run: no history table yet", "", project => project.Write("001_a.sql", "CREATE TABLE a (id INTEGER);"));
        await RecordAsync("nothing pending", "001_a.sql", project => project.Write("001_a.sql", "CREATE TABLE a (id INTEGER);"));
        await RecordAsync("two pending", "001_a.sql", project => project
            .Write("001_a.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);")
            .Write("002_b.sql", "CREATE TABLE b (id INTEGER);\nINSERT INTO b VALUES (1);")
            .Write("003_c.sql", "INSERT INTO a VALUES (1);"));
        await RecordAsync("a failure in the middle", "001_a.sql", project => project
            .Write("001_a.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);")
            .Write("002_b.sql", "INSERT INTO a VALUES (1);")
            .Write("003_fails.sql", "INSERT INTO a VALUES (2);\nINSERT INTO a VALUES (2);\nINSERT INTO a VALUES (3);")
            .Write("004_d.sql", "CREATE TABLE d (id INTEGER);"));
        await RecordAsync("superseded: another runner applies 002 after the plan is made", "001_a.sql", project => project
            .Write("001_a.sql", "CREATE TABLE a (id INTEGER);")
            .Write("002_b.sql", "INSERT INTO a VALUES (1);")
            .Write("003_c.sql", "INSERT INTO a VALUES (2);"), rival: "002_b.sql");
        await RecordAsync("outside a transaction", "001_a.sql", project => project
            .Write("001_a.sql", "CREATE TABLE a (id INTEGER);")
            .Write("002_outside.sql", $"{Outside}INSERT INTO a VALUES (1);\n{OutsideOnly};\nBEGIN;\nINSERT INTO a VALUES (2);\nCOMMIT;")
            .Write("003_c.sql", "INSERT INTO a VALUES (3);"));
        await RecordAsync("a failure outside a transaction", "001_a.sql", project => project
            .Write("001_a.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);")
            .Write("002_fails.sql", $"{Outside}INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);"));
        await RecordAsync(
            "a failure outside a transaction, and going on behind it",
            "001_a.sql",
            project => project
                .Write("001_a.sql", "CREATE TABLE a (id INTEGER);")
                .Write("002_resumed.sql", $"{Outside}INSERT INTO a VALUES (1), (1);\n{BuildIndex} a_id ON a (id);"),
            run: async (project, observer) =>
            {
                (await project.MigrateAsync()).FailedWith("MIG4005");
                await project.Write("002_resumed.sql", $"{Outside}INSERT INTO a VALUES (1), (1);\n{BuildOtherIndex};").MigrateAsync(observer);
            });
        await RecordAsync("a baseline", "001_a.sql", project => project
            .Write("001_a.sql", "CREATE TABLE a (id INTEGER);")
            .Write("002_b.sql", "CREATE TABLE b (id INTEGER);"), run: (project, _) => project.BaselineAsync("2"));
        await RecordAsync("a repair: a row is changed, another removed", "002_b.sql", project => project
            .Write("001_a.sql", "CREATE TABLE a (id INTEGER);")
            .Write("002_b.sql", "CREATE TABLE b (id INTEGER);"), run: (project, _) =>
            {
                project.Write("001_a.sql", "CREATE TABLE edited (id INTEGER);");
                File.Delete(project.PathOf("002_b.sql"));
                return project.RepairAsync(Repairs.Checksums | Repairs.Missing);
            });
        await RecordAsync(
            "repeatable: one that needs another, and one that was changed",
            "R__c.sql",
            project => project.Write("001_a.sql", "CREATE TABLE a (id INTEGER);").Write("R__c.sql", "INSERT INTO a VALUES (1);"),
            change: project => project
                .Write("R__a.sql", "INSERT INTO b VALUES (1);")
                .Write("R__b.sql", "CREATE TABLE b (id INTEGER);")
                .Write("R__c.sql", "INSERT INTO a VALUES (2);"));
        await RecordAsync(
            "superseded: another runner repeats R__a after the plan is made",
            "R__b.sql",
            project => project.Write("001_a.sql", "CREATE TABLE a (id INTEGER);").Write("R__a.sql", "INSERT INTO a VALUES (1);").Write("R__b.sql", "INSERT INTO a VALUES (2);"),
            change: project => project.Write("R__a.sql", "INSERT INTO a VALUES (3);").Write("R__b.sql", "INSERT INTO a VALUES (4);"),
            rival: "R__a.sql");

        await RecordRollbackAsync("rollback of two migrations", 2, project => project
            .Write("001_a.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);")
            .Write("002_b.sql", "-- Rollback: DROP TABLE b;\n\nCREATE TABLE b (id INTEGER);")
            .Write("003_c.sql", "-- Rollback: DELETE FROM a;\n--  DELETE FROM b;\n\nINSERT INTO a VALUES (1);"));
        await RecordRollbackAsync("a rollback that fails", 2, project => project
            .Write("001_a.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);")
            .Write("002_b.sql", "-- Rollback: INSERT INTO a VALUES (1); INSERT INTO a VALUES (1);\n\nCREATE TABLE b (id INTEGER);")
            .Write("003_c.sql", "-- Rollback: DROP TABLE c;\n\nCREATE TABLE c (id INTEGER);"));
        await RecordRollbackAsync("a rollback outside a transaction", 1, project => project
            .Write("001_a.sql", $"{Outside}-- Rollback: INSERT INTO a VALUES (1);\n-- {OutsideOnly};\n\nCREATE TABLE a (id INTEGER PRIMARY KEY);"));
        await RecordRollbackAsync("a rollback that fails outside a transaction", 1, project => project
            .Write("001_a.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);")
            .Write("001_a.down.sql", $"{Outside}INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (1);"));

        GoldenFile.IsApproved(FileName, _text.ToString());
    }

    // What is applied before is not recorded; nor is the rival, which runs the very moment the plan is made.
    private async Task RecordAsync(
        string title, string before, Action<MigrationProject> write, Action<MigrationProject>? change = null, string? rival = null, Func<MigrationProject, IRunObserver, Task>? run = null)
    {
        run ??= (project, observer) => project.MigrateAsync(observer);
        await using var database = await CreateDatabaseAsync();
        using var project = new MigrationProject(Definition, database.RecordedConnection);
        using var other = new MigrationProject(Definition, database.Database.Connection);
        write(project);
        if (before.Length > 0)
        {
            (await CopyUpTo(before, project, other).MigrateAsync()).Succeeded();
        }

        change?.Invoke(project);
        var observer = new RivalObserver(() => rival is null ? null : database.WithoutRecording(() => CopyUpTo(rival, project, other).MigrateAsync()));
        database.StartRecording();
        await run(project, observer);
        Append(title, database.StopRecording());
    }

    private async Task RecordRollbackAsync(string title, int steps, Action<MigrationProject> write)
    {
        await using var database = await CreateDatabaseAsync();
        using var project = new MigrationProject(Definition, database.RecordedConnection);
        write(project);
        (await project.MigrateAsync()).Succeeded();

        database.StartRecording();
        await project.RollBackAsync(steps);
        Append(title, database.StopRecording());
    }

    private void Append(string title, IEnumerable<string> operations)
    {
        _text.Append("== ").Append(title).Append('\n');
        foreach (var operation in operations)
        {
            _text.Append(operation).Append('\n');
        }

        _text.Append('\n');
    }

    private static MigrationProject CopyUpTo(string last, MigrationProject from, MigrationProject to)
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(from.PathOf(last))!).Where(file => string.CompareOrdinal(Path.GetFileName(file), last) <= 0))
        {
            to.Write(Path.GetFileName(file), File.ReadAllBytes(file));
        }

        return to;
    }
}
