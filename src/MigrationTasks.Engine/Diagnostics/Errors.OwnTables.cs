using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.Engine.Diagnostics;

/// <content>MIG2036 and MIG2037: scripts that would hit the tables in which MigrationTasks keeps what is applied.</content>
public static partial class Errors
{
    private const string OtherHistoryName = "migration_history";
    private const string OtherPlace = "ops";

    /// <summary>MIG2036: a script would drop, empty or rename the history, or what holds it.</summary>
    /// <param name="location">Where the statement starts.</param>
    /// <param name="statement">Its first words, such as <c>DROP TABLE</c>.</param>
    /// <param name="hit">What it would do.</param>
    /// <param name="others">The lines of such statements behind it.</param>
    /// <param name="watch">Knows how it is put right.</param>
    /// <param name="mayExist">Whether there may be a history already.</param>
    internal static Diagnostic HistoryRemoved(SourceLocation location, string statement, OwnTableHit hit, IReadOnlyList<int> others, OwnTableWatch watch, bool mayExist) =>
        Problem("MIG2036", $"{PlainText.Of(statement)} would {EffectOf(hit)}{KeptThere(hit, watch.Tables)}{So(others)} {(hit.Holder is null ? TakeOut(hit, others, watch, mayExist) : AvoidHolder(hit, watch, mayExist))}", location);

    /// <summary>MIG2036: a script has removed the history by what it calls, and the database took it back.</summary>
    /// <param name="location">The script; its statement, where that is known.</param>
    /// <param name="table">The history table.</param>
    /// <param name="consequence">What became of the script.</param>
    /// <param name="cause">What the database said.</param>
    public static MigrationException HistoryRemovedByCall(SourceLocation location, string table, string consequence, Exception cause) =>
        Error("MIG2036", $"This removed {PlainText.Of(table)}, where MigrationTasks keeps what is applied, by something that it calls: a function, a block or a trigger. {PlainText.Of(consequence)} Take that out.", location, cause);

    /// <summary>MIG2037: a script would create the history, or put rows into it.</summary>
    /// <inheritdoc cref="HistoryRemoved"/>
    internal static Diagnostic HistoryBrought(SourceLocation location, string statement, OwnTableHit hit, IReadOnlyList<int> others, OwnTableWatch watch, bool mayExist) =>
        Problem(
            "MIG2037",
            hit.Threat == OwnTableThreat.Fill
                ? $"{PlainText.Of(statement)} would write into {PlainText.Of(hit.Table)}, where MigrationTasks keeps what is applied: its rows would count as such.{So(others)} {TakeOut(hit, others, watch, mayExist)}"
                : $"{PlainText.Of(statement)} would make {PlainText.Of(hit.Table)}, where MigrationTasks keeps what is applied: that is there before the first migration runs.{So(others)} {TakeOut(hit, others, watch, mayExist)}",
            location);

    private static string EffectOf(OwnTableHit hit) => hit.Threat switch
    {
        OwnTableThreat.Empty => $"empty {PlainText.Of(hit.Table)}",
        OwnTableThreat.Rename when hit.Holder is { } holder => $"rename {PlainText.Of(holder)}, and move {PlainText.Of(hit.Table)} with it",
        OwnTableThreat.Rename => $"change the name, the place or the columns of {PlainText.Of(hit.Table)}",
        _ when hit.Holder is { } holder => $"drop {PlainText.Of(holder)}, and {PlainText.Of(hit.Table)} with it",
        _ => $"drop {PlainText.Of(hit.Table)}",
    };

    private static string KeptThere(OwnTableHit hit, OwnTableSet tables) => hit.Table == tables.HistoryName
        ? ", where MigrationTasks keeps what is applied. Without it, everything would run again."
        : ", where MigrationTasks keeps its lock. Without it, two runs could be at work at once.";

    private static string So(IReadOnlyList<int> lines) => lines switch
    {
        [] => "",
        [var line] => $" So would line {line}.",
        _ => $" So would lines {string.Join(", ", lines.Take(5))}{(lines.Count > 5 ? " and others" : "")}.",
    };

    private static string TakeOut(OwnTableHit hit, IReadOnlyList<int> others, OwnTableWatch watch, bool mayExist)
    {
        var dump = watch.DumpWithout is { } without ? $"; a dump is written without that table by {PlainText.Of(without)}" : "";
        var taken = $"Take {(others.Count > 0 ? "these statements" : "it")} out{dump}.";
        if (hit.Table != watch.Tables.HistoryName)
        {
            return taken;
        }

        var script = hit.Threat == OwnTableThreat.Create ? " A file that creates the history itself is called 000_migrations_table." : "";
        var rename = mayExist ? $"; where there is a history already, rename it by hand at the same time ({PlainText.Of(watch.Rename(OtherHistoryName))}), or everything would be applied again" : "";
        return $"{taken}{script} If that of another tool is meant, give the history another name: <MigrationsFolder … HistoryTable=\"{PlainText.Of(watch.Declare(OtherHistoryName))}\" />{rename}.";
    }

    private static string AvoidHolder(OwnTableHit hit, OwnTableWatch watch, bool mayExist)
    {
        if (!hit.IsAvoidable || watch.Move(OtherPlace) is not { } move)
        {
            return "Drop what is meant one by one.";
        }

        var prepare = mayExist ? $"; where there is a history already, move it by hand at the same time ({PlainText.Of(move)}), or everything would be applied again"
            : watch.MakePlace(OtherPlace) is { } make ? $", which must be there ({PlainText.Of(make)})"
            : "";
        return $"Name what is meant instead; or put the history where this does not reach: <MigrationsFolder … HistoryTable=\"{OtherPlace}.{PlainText.Of(watch.Tables.History)}\" />{prepare}.";
    }
}
