using System.Collections.Immutable;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint.Sketches;

/// <summary>What an action makes of the sketch of its table.</summary>
internal static class TableChanges
{
    public static ImmutableDictionary<SqlPart, SqlType> Columns(IEnumerable<SqlColumn> columns)
    {
        var types = ImmutableDictionary.CreateBuilder<SqlPart, SqlType>();
        foreach (var column in columns.Where(column => column.Type is not null))
        {
            types[column.Name] = column.Type!.Stored;
        }

        return types.ToImmutable();
    }

    /// <summary>The table after a type was renamed.</summary>
    public static TableSketch WithType(TableSketch table, string type, string to) =>
        table with { Columns = table.Columns.SetItems(table.Columns.Where(column => column.Value.Name == type).Select(column => KeyValuePair.Create(column.Key, column.Value with { Name = to }))) };

    /// <summary>The table after the action; <see langword="null"/> when the action does not change what is known.</summary>
    public static TableSketch? Apply(TableSketch table, TableAction action, Migration migration) => action switch
    {
        AddColumn { Column: var column } => table with
        {
            Columns = column.Type is { } type ? table.Columns.SetItem(column.Name, type.Stored) : table.Columns,
            AddedColumns = table.AddedColumns.SetItem(column.Name, migration),
            Constraints = column.Constraints.Aggregate(table.Constraints, (all, constraint) => Add(all, constraint, migration)),
        },
        DropColumn { Column: var column } => table with
        {
            Columns = table.Columns.Remove(column),
            AddedColumns = table.AddedColumns.Remove(column),
        },
        RenameColumn { Column: var column, To: var to } => table with
        {
            Columns = Renamed(table.Columns, column, to),
            AddedColumns = Renamed(table.AddedColumns, column, to),
        },
        ChangeType { Column: var column, Type: var type } => table with { Columns = table.Columns.SetItem(column, type) },
        AddConstraint { Constraint: var constraint } => table with { Constraints = Add(table.Constraints, constraint, migration) },
        ValidateConstraint { Name: var name } => table with { Constraints = Validated(table.Constraints, name) },
        DeleteAllRows => table with { EmptiedBy = migration },
        HideIndex { IsHidden: true, Index: var index } => table with { HiddenIndexes = table.HiddenIndexes.SetItem(index, migration) },
        HideIndex { Index: var index } => table with { HiddenIndexes = table.HiddenIndexes.Remove(index) },
        EnableRowSecurity => table with { HasRowSecurity = true },
        _ => null,
    };

    private static ImmutableDictionary<SqlPart, ConstraintSketch> Add(ImmutableDictionary<SqlPart, ConstraintSketch> all, SqlConstraint constraint, Migration migration) =>
        constraint.Name is { } name ? all.SetItem(name, new ConstraintSketch(constraint.NotNullColumn, migration, !constraint.IsNotValid)) : all;

    private static ImmutableDictionary<SqlPart, ConstraintSketch> Validated(ImmutableDictionary<SqlPart, ConstraintSketch> all, SqlPart name) =>
        all.SetItem(name, (all.GetValueOrDefault(name) ?? new ConstraintSketch(null, null, true)) with { IsValidated = true });

    private static ImmutableDictionary<SqlPart, T> Renamed<T>(ImmutableDictionary<SqlPart, T> columns, SqlPart from, SqlPart to) =>
        columns.TryGetValue(from, out var value) ? columns.Remove(from).SetItem(to, value) : columns;
}
