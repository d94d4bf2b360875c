namespace MigrationTasks.Engine.Scripts.OwnTables;

/// <summary>What is said of a statement that would hit one of the <see cref="OwnTableSet"/>.</summary>
/// <param name="hit">What it would do.</param>
/// <param name="others">The lines of such statements behind it.</param>
/// <param name="watch">Knows how it is put right.</param>
/// <param name="mayExist">Whether there may be a history already.</param>
internal sealed class OwnTableAdvice(OwnTableHit hit, IReadOnlyList<int> others, OwnTableWatch watch, bool mayExist)
{
    private const string OtherHistoryName = "migration_history";
    private const string OtherPlace = "ops";
    private const string Kept = "where MigrationTasks keeps what is applied";

    private bool IsHistory => hit.Table == watch.Tables.HistoryName;

    /// <summary>What the statement would do, and what would come of it: <c>drop schema_migrations, where …</c>.</summary>
    public string Effect => (hit.Threat, hit.Holder) switch
    {
        (OwnTableThreat.Fill, _) => $"write into {hit.Table}, {Kept}: its rows would count as such.{Others}",
        (OwnTableThreat.Create, _) => $"make {hit.Table}, {Kept}: that is there before the first migration runs.{Others}",
        (OwnTableThreat.Empty, _) => $"empty {hit.Table}{Loss}",
        (OwnTableThreat.Rename, { } holder) => $"rename {holder}, and move {hit.Table} with it{Loss}",
        (OwnTableThreat.Rename, null) => $"change the name, the place or the columns of {hit.Table}{Loss}",
        (_, { } holder) => $"drop {holder}, and {hit.Table} with it{Loss}",
        _ => $"drop {hit.Table}{Loss}",
    };

    /// <summary>How it is put right.</summary>
    public string Cure => hit.Holder is null || hit.Threat is OwnTableThreat.Create or OwnTableThreat.Fill ? TakeOut() : AvoidHolder();

    private string Loss => IsHistory
        ? $", {Kept}. Without it, everything would run again.{Others}"
        : $", where MigrationTasks keeps its lock. Without it, two runs could be at work at once.{Others}";

    private string Others => others switch
    {
        [] => "",
        [var line] => $" So would line {line}.",
        _ => $" So would lines {string.Join(", ", others.Take(5))}{(others.Count > 5 ? " and others" : "")}.",
    };

    private string TakeOut()
    {
        var dump = watch.DumpWithout is { } without ? $"; a dump is written without that table by {without}" : "";
        var taken = $"Take {(others.Count > 0 ? "these statements" : "it")} out{dump}.";
        if (!IsHistory)
        {
            return taken;
        }

        var script = hit.Threat == OwnTableThreat.Create ? " A file that creates the history itself is called 000_migrations_table." : "";
        var rename = mayExist ? $"; where there is a history already, rename it yourself at the same time ({watch.Rename(OtherHistoryName)}), or everything would be applied again" : "";
        return $"{taken}{script} If that of another tool is meant, give the history another name: <MigrationsFolder … HistoryTable=\"{watch.NameOf(OtherHistoryName)}\" />{rename}.";
    }

    private string AvoidHolder()
    {
        if (!hit.IsAvoidable || watch.Move(OtherPlace) is not { } move)
        {
            return "Drop what is meant one by one.";
        }

        var prepare = mayExist ? $"; where there is a history already, move it yourself at the same time ({move}), or everything would be applied again"
            : watch.MakePlace(OtherPlace) is { } make ? $", which must be there ({make})"
            : "";
        return $"Name what is meant instead; or put the history where this does not reach: <MigrationsFolder … HistoryTable=\"{OtherPlace}.{watch.Tables.History}\" />{prepare}.";
    }
}
