using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

// What the migrations of the tests do. Scripts are put together with +.
public abstract partial class AdapterContract
{
    /// <summary>Says in the header that the migration runs outside a transaction.</summary>
    protected ContractScript Untransacted => new(Dialect) { IsUntransacted = true };

    /// <summary>A query that fails, and names <c>nope</c> as it does.</summary>
    protected ContractScript Fails => new(Dialect, Dialect.Fails);

    /// <summary>A statement that no transaction can hold.</summary>
    protected ContractScript Alone => new(Dialect, Dialect.Alone);

    /// <summary>A statement that does nothing.</summary>
    protected ContractScript Nothing => new(Dialect, Definition.Language.NothingToDo.TrimEnd(';'));

    /// <summary>Creates the history table.</summary>
    protected ContractScript HistoryScript => new(Dialect, Dialect.HistoryScript.TrimEnd(';'));

    /// <summary>Says in the header what undoes the migration.</summary>
    protected ContractScript Rollback(ContractScript rollback) => new(Dialect) { Rollback = rollback };

    /// <summary>Creates a table of numbers.</summary>
    protected ContractScript Create(string table) => new(Dialect, Dialect.Create(table, ofText: false));

    /// <summary>Drops a table.</summary>
    protected ContractScript Drop(string table) => new(Dialect, Dialect.Drop(table));

    /// <summary>Adds a number or a text to a table.</summary>
    protected ContractScript Insert(string table, object id) => new(Dialect, Dialect.Insert(table, id));

    /// <summary>Takes a number out of a table.</summary>
    protected ContractScript Delete(string table, int id) => new(Dialect, Dialect.Delete(table, id));

    /// <summary>Reads a table, and fails when it is not there.</summary>
    protected ContractScript Read(string table) => new(Dialect, Dialect.Read(table));

    /// <summary>Runs for at least so many seconds.</summary>
    protected ContractScript Slow(int seconds) => new(Dialect, Dialect.Slow(seconds));

    /// <summary>Executes a script past the adapter.</summary>
    protected Task ExecuteAsync(ContractScript script) => Database.ExecuteAsync($"{script}");

    /// <summary>Where an error of a statement of a migration is told, the first being 1.</summary>
    protected SourceLocation PlaceOf(string migration, int statement) => Project.PlaceOf(migration, statement);

    /// <summary>What is said of statements that stand of a script that failed.</summary>
    protected string Stand(int count) => count == 1 ? $"first {Dialect.Statement} was applied" : $"{count} {Dialect.Statement}s were applied";

    /// <summary>Writes a state into the history, as if the run had ended there.</summary>
    protected Task SetStatusAsync(string migration, HistoryStatus status) => ChangeHistoryAsync(
        rows => [.. rows.Where(row => row.Name == migration + Extension).Select(row => HistoryChange.Replace(row, row with { Status = status }))]);

    /// <summary>The names of migrations without their extension.</summary>
    protected string Names(IEnumerable<string> names) => WithoutExtension(string.Join(", ", names));

    /// <summary>What a run told, with the names of migrations without their extension.</summary>
    protected string Told(RecordingObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return WithoutExtension(string.Join(", ", observer.Events));
    }

    private string WithoutExtension(string text) => text.Replace(Extension, "", StringComparison.Ordinal);
}
