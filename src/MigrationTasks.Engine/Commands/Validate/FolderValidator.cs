using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.Validate;

/// <summary>Checks what the files of a folder tell by themselves.</summary>
/// <param name="files">The files.</param>
/// <param name="linter">Lints them; <see langword="null"/> when they are not linted.</param>
/// <param name="guard">Finds what they would do to the history.</param>
internal sealed class FolderValidator(MigrationFolder files, FolderLinter? linter, OwnTableGuard guard)
{
    private readonly Dictionary<Migration, IReadOnlyList<Diagnostic>> _errors = [];
    private readonly Dictionary<Migration, IReadOnlyList<Diagnostic>> _threats = [];

    /// <summary>Splits every migration and every rollback, and checks that their statements may run.</summary>
    public void ReadScripts(CancellationToken cancellation)
    {
        foreach (var migration in files.Migrations)
        {
            List<Diagnostic> threats = [];
            List<Diagnostic> ofRollback = [];
            _errors[migration] =
            [
                .. ProblemsOf(() => migration.Check(statements => guard.Watch(migration, linter?.Watch(migration, statements) ?? statements, threats), cancellation)),
                .. ProblemsOf(() => Read(RollbackScript.Of(new HistoryRow(migration.Name), migration), ofRollback, cancellation)),
                .. ofRollback,
            ];
            _threats[migration] = threats;
        }
    }

    /// <summary>What keeps scripts from running.</summary>
    /// <param name="mayRun">Whether a migration may still run somewhere.</param>
    /// <param name="isToRun">Whether it is to run here: what has run has left the history alone.</param>
    public IReadOnlyList<Diagnostic> Errors(Func<Migration, bool> mayRun, Func<Migration, bool> isToRun) =>
        [.. files.Migrations.Where(mayRun).SelectMany(migration => isToRun(migration) ? [.. _threats[migration], .. _errors[migration]] : _errors[migration])];

    /// <summary>What is odd in them.</summary>
    /// <param name="isPending">Whether a migration may still be changed.</param>
    public IReadOnlyList<Diagnostic> Warnings(Func<Migration, bool> isPending) => [.. files.Migrations.Where(isPending).SelectMany(Warnings)];

    private IEnumerable<Diagnostic> Warnings(Migration migration) => HeaderWarnings(migration)
        .Concat(RollbackWarnings(migration))
        .Concat(PlaceholderWarnings.Find(migration))
        .Concat(linter?.Judge(migration) ?? [])
        .OrderBy(warning => warning.Location.File != migration.Path)
        .ThenBy(warning => warning.Location.Line)
        .ThenBy(warning => warning.Location.Column);

    private static IEnumerable<Diagnostic> HeaderWarnings(Migration migration) =>
        migration.Header.Suspects.Select(suspect => Diagnostics.Errors.UnknownHeader(new SourceLocation(migration.Path, suspect.Line), suspect.Key, suspect.Known));

    // A migration that does nothing needs none.
    private static IEnumerable<Diagnostic> RollbackWarnings(Migration migration) => RollbackScript.Of(new HistoryRow(migration.Name), migration) is { IsEmpty: true } rollback && !migration.IsEmpty
        ? [Diagnostics.Errors.RollbackEmpty(rollback.Location, migration.Name, migration.Language.NothingToDo, DiagnosticSeverity.Warning)]
        : [];

    private void Read(RollbackScript? rollback, List<Diagnostic> threats, CancellationToken cancellation)
    {
        foreach (var _ in rollback is null ? [] : guard.Watch(rollback, rollback.ReadStatements(), threats))
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static IReadOnlyList<Diagnostic> ProblemsOf(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (MigrationException exception)
        {
            return exception.Diagnostics;
        }
    }
}
