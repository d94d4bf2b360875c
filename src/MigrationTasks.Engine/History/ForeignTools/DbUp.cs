namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>DbUp. A script has the name of its file, or that of an embedded resource, with the namespace before it.</summary>
internal sealed class DbUp : ForeignTool
{
    public override string Name => "dbup";

    public override string Title => "DbUp";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "schemaversions")];

    public override IReadOnlyList<string> Columns { get; } = ["scriptname", "applied"];

    public override IReadOnlyList<string> OtherColumns { get; } = ["schemaversionsid", "schemaversionid"];

    // The number has one name for PostgreSQL and another for SQLite.
    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .OrderBy(row => row.Number("schemaversionsid") + row.Number("schemaversionid"))
        .Select(row => ForeignEntry.OfScript(row.Text("scriptname"), WithoutNamespace(ScriptName.WithoutFolder(row.Text("scriptname"))), row.Time("applied")));

    // Shop.Scripts.001_create_users.sql: what comes behind the last dot that a digit or a usual prefix follows is the file.
    private static string WithoutNamespace(string name)
    {
        var stem = ScriptName.WithoutEnding(name);
        for (var dot = stem.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = stem.IndexOf('.', dot + 1))
        {
            if (!char.IsAsciiDigit(stem[0]) && ScriptName.Parse(stem[(dot + 1)..]).Version is not null)
            {
                return name[(dot + 1)..];
            }
        }

        return name;
    }
}
