namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// A comment by which another tool marks the part of a file that undoes the rest: here it would run right after what it
/// undoes.
/// </summary>
/// <param name="Comment">The comment, without what marks it as one.</param>
/// <param name="Tool">Whose it is.</param>
internal sealed record ForeignDirective(string Comment, string Tool)
{
    private static readonly ForeignDirective[] Known =
    [
        new("migrate:down", "dbmate"),
        new("+goose Down", "goose"),
        new("+migrate Down", "sql-migrate"),
        new("Down Migration", "node-pg-migrate"),
        new("//@UNDO", "MyBatis"),
    ];

    /// <summary>The directive that a comment is, or <see langword="null"/>.</summary>
    public static ForeignDirective? Find(string comment) =>
        Array.Find(Known, directive => comment.Equals(directive.Comment, StringComparison.OrdinalIgnoreCase));
}
