using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using SQLitePCL;

namespace MigrationTasks.Sqlite;

/// <summary>
/// Stands in for the enforcement of foreign keys, which is off while a script runs: with it on, rebuilding a table would
/// delete the rows that refer to it.
/// </summary>
internal static class ForeignKeyCheck
{
    private sealed record Violation(string Table, string Parent, long Count, long? FirstRow)
    {
        public override string ToString() =>
            $"{Table} → {Parent} ({(Count == 1 ? "1 row" : $"{Count} rows")}{(FirstRow is null ? "" : $", the first with rowid {FirstRow}")})";
    }

    /// <summary>Takes back what the script did when rows break a foreign key.</summary>
    /// <exception cref="MigrationException">
    /// MIG4009, which tells whether the script is to blame; MIG4005 when a foreign key itself is none.
    /// </exception>
    public static void Run(SqliteSession session, MigrationScript script, FailedScript failed, string undo, CancellationToken cancellation)
    {
        List<Violation> broken;
        try
        {
            broken = Find(session, cancellation);
        }
        catch (SqliteFailure failure) when (failure.PrimaryCode == raw.SQLITE_ERROR)
        {
            throw Errors.StatementFailed(script.Location, failure.Problem, $"{failed.Consequence} A foreign key must refer to a primary key, or to columns with a unique index.", failure);
        }

        if (broken.Count == 0)
        {
            return;
        }

        session.Execute(undo, default);
        var before = Find(session, cancellation);
        var caused = broken.Where(now => before.All(then => then.Table != now.Table || then.Parent != now.Parent || then.Count < now.Count)).ToList();
        throw caused.Count > 0
            ? Errors.ForeignKeys(script.Location, string.Join("; ", caused), failed.BrokeForeignKeys)
            : Errors.ForeignKeys(script.Location, string.Join("; ", broken), failed.MetBrokenForeignKeys);
    }

    private static List<Violation> Find(SqliteSession session, CancellationToken cancellation) =>
        [.. session.Query("SELECT \"table\", parent, count(*), min(rowid) FROM pragma_foreign_key_check GROUP BY 1, 2", cancellation).Rows
            .Select(row => new Violation((string)row[0]!, (string)row[1]!, (long)row[2]!, row[3] as long?))];
}
