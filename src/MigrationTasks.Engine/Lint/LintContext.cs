using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Lint;

/// <summary>What a rule may ask besides the migration itself.</summary>
/// <param name="schema">What all files of the folder tell, when they are all applied.</param>
/// <param name="options">What the project asks for.</param>
internal sealed class LintContext(SchemaSketch schema, LintOptions options)
{
    private readonly Dictionary<TableOrigin, (SqlName Name, TableSketch Table)> _tables = schema.Tables
        .Where(table => table.Table.Origin is not null)
        .DistinctBy(table => table.Table.Origin)
        .ToDictionary(table => table.Table.Origin!);

    /// <summary>What the project asks for.</summary>
    public LintOptions Options => options;

    /// <summary>The last name and state of a table that a migration created; <see langword="null"/> when it is gone by then.</summary>
    public (SqlName Name, TableSketch Table)? Find(TableOrigin origin) => _tables.TryGetValue(origin, out var table) ? table : null;

    /// <summary>Which tables have the rows of which others.</summary>
    public RowCopies Copies => schema.Copies;

    /// <summary>Whether a file says that two calls of a function may differ; <see langword="null"/> when none defines it.</summary>
    public bool? IsVolatile(SqlName function) => schema.IsVolatile(function);
}
