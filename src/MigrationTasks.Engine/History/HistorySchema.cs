using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History.ForeignTools;

namespace MigrationTasks.Engine.History;

/// <summary>The columns of the history table, the same in every database, and what their values mean.</summary>
public static class HistorySchema
{
    /// <summary>The migration's file name; the primary key.</summary>
    public const string Name = "migration_name";

    /// <summary>The checksum of the file as it was applied.</summary>
    public const string Checksum = "checksum";

    /// <summary>When it was applied; in UTC where the database has no type that holds a zone.</summary>
    public const string ExecutedAt = "executed_at";

    /// <summary>How long that took, in milliseconds.</summary>
    public const string Duration = "execution_ms";

    /// <summary>What happened, as <see cref="TextOf"/> writes it.</summary>
    public const string Status = "status";

    /// <summary>How many statements stand, for a migration outside a transaction.</summary>
    public const string StatementsDone = "statements_done";

    /// <summary>What undoes the migration, in the language of the database.</summary>
    public const string Rollback = "rollback_sql";

    /// <summary>
    /// The checksum of the tokens of the file as it was applied, which does not see comments and layout. While a migration
    /// outside a transaction runs, and when it stopped, it is that of the statements which stand.
    /// </summary>
    public const string TokenChecksum = "token_checksum";

    /// <summary>Which folder of which project it is from; of what earlier versions recorded, nobody knows.</summary>
    public const string Folder = "folder";

    /// <summary>All columns, in order.</summary>
    public static readonly IReadOnlyList<string> Columns = [Name, Checksum, ExecutedAt, Duration, Status, StatementsDone, Rollback, TokenChecksum, Folder];

    /// <summary>Makes a history of what <c>SELECT *</c> gave, whatever columns the table has.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Its rows, with a value for each column; a database's NULL is <see langword="null"/>.</param>
    /// <param name="store">What the database calls a table, for messages.</param>
    /// <exception cref="MigrationException">MIG3001 when it has no <c>migration_name</c>: it belongs to another tool.</exception>
    public static MigrationHistory Read(
        HistoryTableName table, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, RowStores store = RowStores.Tables)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(table);
        var positions = Columns.ToDictionary(column => column, column => PositionOf(columns, column));
        if (positions[Name] < 0)
        {
            throw ForeignHistory.Refuse(table, columns, store);
        }

        return new MigrationHistory(
            table,
            positions.Values.Any(position => position < 0) ? HistoryTableState.Incomplete : HistoryTableState.Complete,
            [.. rows.Select(row => ReadRow(column => positions[column] < 0 ? null : row[positions[column]]))]);
    }

    /// <summary>A status as the history holds it: <c>applied</c>, <c>running</c>, <c>failed</c>, <c>baseline</c>, <c>imported</c>, <c>undoing</c> or <c>undo_failed</c>.</summary>
    /// <param name="status">The status.</param>
    public static string TextOf(HistoryStatus status) => status switch
    {
        HistoryStatus.Applied => "applied",
        HistoryStatus.Running => "running",
        HistoryStatus.Failed => "failed",
        HistoryStatus.Baseline => "baseline",
        HistoryStatus.Imported => "imported",
        HistoryStatus.Undoing => "undoing",
        HistoryStatus.UndoFailed => "undo_failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>The statuses of rows whose migration is not applied as a whole, as the history holds them.</summary>
    public static IEnumerable<string> NotApplied => Enum.GetValues<HistoryStatus>().Where(status => !new HistoryRow("", Status: status).IsApplied).Select(TextOf);

    /// <summary>A row as the table holds it: a text, a whole number, a <see cref="DateTimeOffset"/> or <see langword="null"/> for each column.</summary>
    /// <param name="row">The row.</param>
    public static IEnumerable<KeyValuePair<string, object?>> ValuesOf(HistoryRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return
        [
            new(Name, row.Name),
            new(Checksum, row.Checksum),
            new(ExecutedAt, row.ExecutedAt),
            new(Duration, row.Duration is { } duration ? (long)duration.TotalMilliseconds : null),
            new(Status, TextOf(row.Status)),
            new(StatementsDone, row.StatementsDone == 0 ? null : (long)row.StatementsDone),
            new(Rollback, row.Rollback),
            new(TokenChecksum, row.TokenChecksum),
            new(Folder, row.Folder),
        ];
    }

    private static HistoryRow ReadRow(Func<string, object?> value) => new(
        Convert.ToString(value(Name), CultureInfo.InvariantCulture) ?? "",
        value(Checksum) as string,
        StoredTime.Read(value(ExecutedAt)),
        Number(value(Duration)) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        StatusOf(value(Status) as string),
        (int)(Number(value(StatementsDone)) ?? 0),
        value(Rollback) as string,
        value(TokenChecksum) as string,
        value(Folder) as string);

    // What a newer version wrote is applied in some way: that is the only meaning that does no harm.
    private static HistoryStatus StatusOf(string? text) =>
        Enum.GetValues<HistoryStatus>().FirstOrDefault(status => TextOf(status) == text, HistoryStatus.Applied);

    private static int PositionOf(IReadOnlyList<string> columns, string column)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Equals(column, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    // An earlier tool's column of the same name may be of any type: what is no count is not known.
    private static double? Number(object? value) =>
        double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= int.MaxValue
            ? number
            : null;
}
