using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.History;

/// <summary>All that an SQL database is told of the history: what its table looks like, and how a run changes the rows.</summary>
/// <param name="name">The table.</param>
/// <param name="dialect">How the database says it.</param>
public class SqlHistory(HistoryTableName name, SqlHistoryDialect dialect)
{
    /// <summary>The table.</summary>
    public HistoryTableName Name => name;

    /// <summary>The table as it stands in a statement.</summary>
    public string Table { get; } = dialect.TableOf(name);

    /// <summary>Everything, whatever columns there are: shape and content in one query.</summary>
    public string Select => $"SELECT * FROM {Table}";

    /// <summary>The row of a migration.</summary>
    /// <param name="migration">The migration's name.</param>
    public SqlText SelectRow(string migration) => Say(v => $"{Select} WHERE {dialect.IsNamed(migration, v)}");

    /// <summary>Creates the table.</summary>
    public string Create => $"CREATE TABLE {Table} ({string.Join(", ", HistorySchema.Columns.Select(column => $"{column} {dialect.ColumnType(column)}"))}){dialect.TableOptions}";

    /// <summary>What there is of the table: rows of <see cref="HistoryShape.Read"/>.</summary>
    public SqlText SelectShape => ShapeOf(name);

    /// <summary>What there is of any table, in the same way.</summary>
    /// <param name="table">The table.</param>
    public SqlText ShapeOf(HistoryTableName table) => dialect.ShapeOf(table);

    /// <summary>What makes the table complete, as statements.</summary>
    /// <param name="shape">What there is of it.</param>
    /// <exception cref="Diagnostics.MigrationException">MIG3001 when it belongs to another tool.</exception>
    public IReadOnlyList<string> Completion(HistoryShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Columns.Count == 0)
        {
            return [Create];
        }

        if (!shape.IsOurs)
        {
            // Another tool created its table since the history was read.
            HistorySchema.Read(name, shape.Columns, []);
        }

        return [.. AddColumns(shape.Missing), .. shape.IsUnique ? Array.Empty<string>() : [dialect.AddUnique(name)]];
    }

    /// <summary>Names that have several rows, where there must be one.</summary>
    public string SelectDouble => $"SELECT {HistorySchema.Name} FROM {Table} GROUP BY {HistorySchema.Name} HAVING count(*) > 1 LIMIT 5";

    /// <summary>A query with values, as the database takes it.</summary>
    /// <param name="query">The query.</param>
    public SqlText Say(FormattableString query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Say(v => string.Format(System.Globalization.CultureInfo.InvariantCulture, query.Format, [.. query.GetArguments().Select(value => V(v, value))]));
    }

    private IEnumerable<string> AddColumns(IEnumerable<string> missing)
    {
        var additions = missing.Select(column => $"ADD COLUMN {column} {dialect.ColumnType(column)}").ToList();
        IEnumerable<string> changes = dialect.AddsColumnsTogether && additions.Count > 0 ? [string.Join(", ", additions)] : additions;
        return changes.Select(change => $"ALTER TABLE {Table} {change}");
    }

    /// <summary>The row that makes a migration this run's. It fails when there is one of the name.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="status">What the row says until it is completed.</param>
    public SqlText Claim(Migration migration, HistoryStatus status) => Say(v =>
        $"INSERT INTO {Table} ({HistorySchema.Name}, {HistorySchema.Checksum}, {HistorySchema.TokenChecksum}, {HistorySchema.Rollback}, {HistorySchema.Folder}, {HistorySchema.Status}, {HistorySchema.ExecutedAt}) "
        + $"VALUES ({V(v, migration.Name)}, {V(v, migration.Checksum)}, {V(v, migration.ReadTokenChecksum())}, {V(v, migration.Rollback)}, {V(v, migration.Folder)}, {Text(status)}, {Now(v)})");

    /// <summary>The same for a migration that has a row already; it finds none when that is not as it was read.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="status">What the row says until it is completed.</param>
    /// <param name="before">The row as it was read.</param>
    public SqlText Reclaim(Migration migration, HistoryStatus status, HistoryRow before) => Say(v => dialect.DemandRow(
        $"UPDATE {Table} SET {HistorySchema.Name} = {V(v, migration.Name)}, {FileOf(v, migration)}, {StatusIs(status)}, {HistorySchema.ExecutedAt} = {Now(v)}, {HistorySchema.Duration} = NULL, {HistorySchema.StatementsDone} = NULL "
        + $"WHERE {dialect.IsNamed(before.Name, v)} AND {dialect.IsSame(HistorySchema.Checksum, V(v, before.Checksum))}"));

    /// <summary>Makes a migration this run's that an earlier one began outside a transaction; it finds no row when something happened to it since.</summary>
    /// <param name="migration">The migration as its file is now.</param>
    /// <param name="row">Its row as it was read.</param>
    public SqlText Resume(Migration migration, HistoryRow row) => Say(v =>
        $"UPDATE {Table} SET {StatusIs(HistoryStatus.Running)}, {HistorySchema.Checksum} = {V(v, migration.Checksum)}, {HistorySchema.ExecutedAt} = {Now(v)} "
        + $"WHERE {dialect.IsNamed(row.Name, v)} AND {HistorySchema.Status} IN ({Text(HistoryStatus.Running)}, {Text(HistoryStatus.Failed)}) AND coalesce({HistorySchema.StatementsDone}, 0) = {V(v, row.StatementsDone)}");

    /// <summary>The entry in the journal: so many statements were applied of a migration outside a transaction.</summary>
    /// <param name="row">The row's name.</param>
    /// <param name="done">How many.</param>
    /// <param name="checksum">The checksum of their tokens.</param>
    public SqlText Advance(string row, int done, string checksum) => Say(v =>
        $"UPDATE {Table} SET {HistorySchema.StatementsDone} = {V(v, done)}, {HistorySchema.TokenChecksum} = {V(v, checksum)} WHERE {dialect.IsNamed(row, v)}");

    /// <summary>Completes the row that was claimed as applied, in the transaction that claimed it.</summary>
    /// <param name="row">The row's name.</param>
    /// <param name="elapsed">How long the migration took, as the run has measured it.</param>
    public SqlText Complete(string row, TimeSpan elapsed) => Say(v =>
        $"UPDATE {Table} SET {HistorySchema.Duration} = {dialect.ElapsedInTransaction ?? V(v, (long)elapsed.TotalMilliseconds)} WHERE {dialect.IsNamed(row, v)}");

    /// <summary>Completes the row that was claimed as running: the migration is applied, as its file is now.</summary>
    /// <param name="row">The row's name.</param>
    /// <param name="migration">The migration.</param>
    /// <param name="elapsed">How long it took, as the run has measured it.</param>
    public SqlText Complete(string row, Migration migration, TimeSpan elapsed) => Say(v =>
        $"UPDATE {Table} SET {FileOf(v, migration)}, {StatusIs(HistoryStatus.Applied)}, {HistorySchema.Duration} = {Elapsed(v, elapsed)} WHERE {dialect.IsNamed(row, v)}");

    /// <summary>A migration outside a transaction stopped.</summary>
    /// <param name="row">The row's name.</param>
    /// <param name="elapsed">After how long, as the run has measured it.</param>
    public SqlText Fail(string row, TimeSpan elapsed) => Say(v =>
        $"UPDATE {Table} SET {StatusIs(HistoryStatus.Failed)}, {HistorySchema.Duration} = {Elapsed(v, elapsed)} WHERE {dialect.IsNamed(row, v)}");

    /// <summary>How far the rollback of a migration outside a transaction is, or how it ended.</summary>
    /// <param name="row">The row's name.</param>
    /// <param name="status">What the row says from now on.</param>
    /// <param name="done">How many statements were applied.</param>
    public SqlText Mark(string row, HistoryStatus status, int done) => Say(v =>
        $"UPDATE {Table} SET {StatusIs(status)}, {HistorySchema.StatementsDone} = {V(v, done)} WHERE {dialect.IsNamed(row, v)}");

    /// <summary>Fails when the table is gone.</summary>
    public string Touch => $"SELECT 1 FROM {Table} LIMIT 0";

    /// <summary>Removes the row of a migration that is not applied any more.</summary>
    /// <param name="row">The row's name.</param>
    public SqlText Remove(string row) => Say(v => $"DELETE FROM {Table} WHERE {dialect.IsNamed(row, v)}");

    /// <summary>What somebody runs by hand to make a migration failed that an interrupted run has left.</summary>
    /// <param name="row">The row's name.</param>
    /// <param name="done">How many statements were applied; <see langword="null"/> for those that the row counts already.</param>
    /// <param name="checksum">The checksum of their tokens.</param>
    public string MarkFailed(string row, int? done = null, string checksum = "") =>
        $"UPDATE {Table} SET {StatusIs(HistoryStatus.Failed)}{(done is null ? "" : $", {HistorySchema.StatementsDone} = {done}, {HistorySchema.TokenChecksum} = '{checksum}'")} WHERE {HistorySchema.Name} = {dialect.Literal(row)}";

    /// <summary>Adds, changes or removes a row.</summary>
    /// <param name="change">The change.</param>
    public SqlText Edit(HistoryChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return (change.Before, change.After) switch
        {
            (null, _) => Say(v => $"INSERT INTO {Table} ({string.Join(", ", change.Values.Select(value => value.Key))}) VALUES ({string.Join(", ", change.Values.Select(value => V(v, value.Value)))})"),
            (_, null) => Remove(change.Name),
            _ => Say(v => $"UPDATE {Table} SET {string.Join(", ", change.Values.Select(value => $"{value.Key} = {V(v, value.Value)}"))} WHERE {dialect.IsNamed(change.Name, v)}"),
        };
    }

    /// <summary>A status as it stands in a statement.</summary>
    /// <param name="status">The status.</param>
    protected static string Text(HistoryStatus status) => $"'{HistorySchema.TextOf(status)}'";

    /// <summary>Says a status.</summary>
    /// <param name="status">The status.</param>
    protected static string StatusIs(HistoryStatus status) => $"{HistorySchema.Status} = {Text(status)}";

    /// <summary>A statement with what stands in it for values.</summary>
    /// <param name="text">Makes the statement; it gives each value to what it is given.</param>
    protected static SqlText Say(Func<IList<object?>, string> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new List<object?>();
        return new SqlText(text(values), values);
    }

    private string FileOf(IList<object?> v, Migration migration) =>
        $"{HistorySchema.Checksum} = {V(v, migration.Checksum)}, {HistorySchema.TokenChecksum} = {V(v, migration.ReadTokenChecksum())}, {HistorySchema.Rollback} = {V(v, migration.Rollback)}, {HistorySchema.Folder} = {V(v, migration.Folder)}";

    private string V(IList<object?> v, object? value) => dialect.ValueOf(value, v);

    private string Now(IList<object?> v) => dialect.Now ?? V(v, DateTimeOffset.UtcNow);

    private string Elapsed(IList<object?> v, TimeSpan elapsed) => dialect.Elapsed ?? V(v, (long)elapsed.TotalMilliseconds);
}
