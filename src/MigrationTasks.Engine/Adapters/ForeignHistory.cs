namespace MigrationTasks.Engine.Adapters;

/// <summary>Recognises the history tables of other tools that are named <c>schema_migrations</c> too.</summary>
internal static class ForeignHistory
{
    private static readonly (string Tool, string[] Columns)[] Shapes =
    [
        ("golang-migrate", ["version", "dirty"]),
        ("the Supabase CLI", ["version", "statements"]),
        ("Ecto", ["version", "inserted_at"]),
        ("graphile-migrate", ["hash", "previous_hash"]),
        ("goose", ["version_id", "is_applied"]),
        ("dbmate or Active Record", ["version"]),
    ];

    /// <summary>Whose table has these columns, or <see langword="null"/> when none is known.</summary>
    public static string? OwnerOf(IReadOnlyCollection<string> columns) =>
        Shapes.FirstOrDefault(shape => shape.Columns.All(column => columns.Contains(column, StringComparer.OrdinalIgnoreCase))).Tool;
}
