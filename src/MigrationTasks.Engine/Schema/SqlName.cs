namespace MigrationTasks.Engine.Schema;

/// <summary>One part of a name, as the database compares it.</summary>
/// <param name="Value">The part.</param>
/// <param name="Written">How messages show it: with placeholders, whose values are nobody's business.</param>
internal readonly record struct SqlPart(string Value, string Written)
{
    public bool Equals(SqlPart other) => Value == other.Value;

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Written;
}

/// <summary>The name of a table, an index, a type or a function.</summary>
/// <param name="Schema">The schema; <see langword="null"/> for the usual one.</param>
/// <param name="Name">The name in it.</param>
internal readonly record struct SqlName(SqlPart? Schema, SqlPart Name)
{
    public override string ToString() => Schema is null ? $"{Name}" : $"{Schema}.{Name}";
}
