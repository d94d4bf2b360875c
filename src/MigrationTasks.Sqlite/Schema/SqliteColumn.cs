namespace MigrationTasks.Sqlite.Schema;

/// <summary>A column as its table defines it.</summary>
internal sealed class SqliteColumn(string name)
{
    public string Name { get; } = name;

    /// <summary>Its type in upper case; empty where it has none.</summary>
    public string Type { get; set; } = "";

    public string Key { get; set; } = "";

    public string NotNull { get; set; } = "";

    public string Collation { get; set; } = "";

    public string Default { get; set; } = "";

    public string Generated { get; set; } = "";

    /// <summary>All that stands behind its name.</summary>
    public override string ToString() => string.Join(' ', new[] { Type, Key, NotNull, Collation, Default, Generated }.Where(part => part.Length > 0));
}
