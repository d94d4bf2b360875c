namespace MigrationTasks.Engine.Scripts.OwnTables;

/// <summary>
/// Follows one script and finds the statements in it that would hit the <see cref="OwnTableSet"/>, before any of them runs. What its
/// statements set for those behind them (a search path, another database) counts; what they keep for later (the body of a function) does not.
/// </summary>
/// <param name="tables">The tables.</param>
public abstract class OwnTableWatch(OwnTableSet tables)
{
    /// <summary>The tables.</summary>
    public OwnTableSet Tables { get; } = tables;

    /// <summary>Reads the next statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>What it would do to one of the tables; <see langword="null"/> for nothing.</returns>
    public abstract OwnTableHit? Read(ScriptStatement statement);

    /// <summary>A table beside the history, as <c>HistoryTable</c> names it.</summary>
    /// <param name="table">The table.</param>
    public virtual string NameOf(string table) => Tables.Qualify(table);

    /// <summary>The statements that give the history another name by hand, for messages.</summary>
    /// <param name="name">The new name.</param>
    public abstract string Rename(string name);

    /// <summary>The statements that put the history elsewhere by hand, for messages; <see langword="null"/> when there is no other place in the database.</summary>
    /// <param name="place">The new schema, or what the database has for one.</param>
    public virtual string? Move(string place) => null;

    /// <summary>The statements that make such a place, for messages; <see langword="null"/> when a run makes it.</summary>
    /// <param name="place">The new schema, or what the database has for one.</param>
    public virtual string? MakePlace(string place) => null;

    /// <summary>How a dump is written without the history, for messages; <see langword="null"/> when the database's own program cannot.</summary>
    public virtual string? DumpWithout => null;
}
