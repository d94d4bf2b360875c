using System.Globalization;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MongoDB.Bson;

namespace MigrationTasks.MongoDb;

/// <summary>
/// Writes what a run would send to the server as a script for mongosh: the same commands, transactions, lock and history documents.
/// </summary>
/// <param name="config">The database.</param>
/// <param name="hasTransactions">Whether the server has transactions.</param>
/// <param name="script">Takes the script.</param>
internal sealed class MongoShellScript(MongoDbConfig config, bool hasTransactions, TextWriter script) : RunScript(script, MongoShell.Comment)
{
    /// <summary>Creates the history.</summary>
    /// <param name="config">The database.</param>
    public static string CreationOf(MongoDbConfig config) => $"db.getSiblingDB(database).createCollection({MongoShell.Text(config.History)}, majority)";

    protected override void WriteHead()
    {
        Script.WriteLine($"// Run it with mongosh: mongosh \"${config.Settings.Variable}\" --file this file, and not in an interactive shell. It migrates the database that it names, on the server of the URL.");
        Script.WriteLine(Notice);
        Script.WriteLine("// It holds the run lock as a run does, and gives it back at its end; that of a shell that is killed or interrupted expires after 30 s.");
        Script.WriteLine("// What the server calls transient, a run would try again; this script stops.");
        Script.WriteLine(MongoShellFrame.Opening(config, hasTransactions));
    }

    // Done whatever became of the migrations.
    protected override void WriteFoot() => Script.WriteLine(MongoShellFrame.Closing);

    protected override void WriteHistory(IReadOnlyList<string> completion)
    {
        WriteTitle($"the history {config.History}");
        foreach (var change in completion)
        {
            Write(change);
        }
    }

    protected override void WriteHistory(Migration migration, CancellationToken cancellation)
    {
        WriteTitle($"{migration.Name}: the history {config.History}");
        WriteStatements(migration, cancellation);
        Script.WriteLine("try {");
        Write(CreationOf(config));
        Script.WriteLine($"}} catch (error) {{ if (error.code !== {MongoDbHistory.NamespaceExists.ToString(CultureInfo.InvariantCulture)}) {{ throw error; }} }}");
        WriteInsert(migration, HistoryStatus.Applied, "executed_at: new Date()");
    }

    protected override bool RunsInTransaction(Migration migration) => hasTransactions && migration.IsTransactional;

    protected override void WriteInTransaction(MigrationStep step, CancellationToken cancellation)
    {
        Script.WriteLine("transact(startedAt => {");
        WriteClaim(step, HistoryStatus.Applied, "executed_at: startedAt");
        WriteStatements(step.Migration, cancellation);
        Write($"update({Read(HistoryDocument.Named(step.Migration.Name))}, {{ {HistorySchema.Duration}: since(startedAt) }}, stale)");
        Script.WriteLine("});");
    }

    protected override void WriteOutsideTransaction(MigrationStep step, CancellationToken cancellation)
    {
        var migration = step.Migration;
        Script.WriteLine($"journal({MongoShell.Text(migration.Name)}, (startedAt, row) => {{");
        WriteClaim(step, HistoryStatus.Running, $"executed_at: startedAt, {HistoryDocument.Owner}");
        foreach (var (index, (statement, checksum)) in migration.ReadWithChecksums().Index())
        {
            cancellation.ThrowIfCancellationRequested();
            var command = MongoDbCommand.Read(statement.Text, MongoDbRun.PlaceOf(migration, statement));
            var isAtomic = hasTransactions && !migration.RefusesTransaction && command.FitsTransaction;
            Script.WriteLine(isAtomic ? "transact(() => {" : "keep();");
            WriteCommand(command);
            Write($"update(row, {Read(HistoryDocument.Progress(index + 1, checksum))}, lost)");
            if (isAtomic)
            {
                Script.WriteLine("});");
            }
        }

        var finish = HistoryDocument.Finish(migration, DateTimeOffset.UnixEpoch, TimeSpan.Zero);
        Write($"update(row, {{ ...{Read(finish)}, {HistorySchema.Duration}: since(startedAt), {HistorySchema.ExecutedAt}: startedAt }}, lost)");
        Script.WriteLine("});");
    }

    private void WriteClaim(MigrationStep step, HistoryStatus status, string values)
    {
        if (step.Before is { } before && before.Name == step.Migration.Name)
        {
            var row = RowOf(step.Migration, status);
            row.Remove(HistoryDocument.Id);
            Write($"update({Read(HistoryDocument.AsRead(before))}, {{ ...{Read(row)}, {values} }}, stale)");
            return;
        }

        if (step.Before is { } other)
        {
            Write($"remove({Read(HistoryDocument.AsRead(other))})");
        }

        WriteInsert(step.Migration, status, values);
    }

    private void WriteInsert(Migration migration, HistoryStatus status, string values) => Write($"insert({{ ...{Read(RowOf(migration, status))}, {values} }})");

    private void WriteStatements(Migration migration, CancellationToken cancellation)
    {
        foreach (var statement in migration.ReadStatements())
        {
            cancellation.ThrowIfCancellationRequested();
            WriteCommand(MongoDbCommand.Read(statement.Text, MongoDbRun.PlaceOf(migration, statement)));
        }
    }

    private void WriteCommand(MongoDbCommand command) =>
        Write($"run({(command.Database is { } other ? MongoShell.Text(other) : "database")}, {MongoShell.Literal(command.WithLimit(config.Settings.CommandTimeout))})");

    private static BsonDocument RowOf(Migration migration, HistoryStatus status) => HistoryDocument.Of(HistoryRow.Of(migration, status, null));

    private static string Read(BsonDocument document) => $"read({MongoShell.Literal(document)})";
}
