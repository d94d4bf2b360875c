using System.Globalization;

namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>One row of another tool's table, whatever types its database gave the columns.</summary>
/// <param name="columns">The columns that were read.</param>
/// <param name="values">Their values.</param>
public sealed class ForeignRow(IReadOnlyList<string> columns, IReadOnlyList<object?> values)
{
    /// <summary>A value as text; nothing when there is no such column.</summary>
    /// <param name="column">The column, in any case.</param>
    public string Text(string column) => Convert.ToString(Value(column), CultureInfo.InvariantCulture) ?? "";

    /// <summary>Whether a column has a value.</summary>
    /// <param name="column">The column, in any case.</param>
    public bool Has(string column) => Value(column) is not null;

    /// <summary>A truth value, however the database writes it.</summary>
    /// <param name="column">The column, in any case.</param>
    public bool Flag(string column) => Text(column).ToUpperInvariant() is "T" or "TRUE" or "1";

    /// <summary>A whole number; 0 when it is none.</summary>
    /// <param name="column">The column, in any case.</param>
    public long Number(string column) => long.TryParse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A time, if it is one; one without a zone is taken as UTC.</summary>
    /// <param name="column">The column, in any case.</param>
    public DateTimeOffset? Time(string column) => StoredTime.Read(Value(column));

    private object? Value(string column)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Equals(column, StringComparison.OrdinalIgnoreCase))
            {
                return values[i];
            }
        }

        return null;
    }
}
