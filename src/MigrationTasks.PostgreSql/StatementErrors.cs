using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Turns the server's refusal of a command into an error at the line and column of the file.</summary>
internal static partial class StatementErrors
{
    /// <param name="exception">What the server said.</param>
    /// <param name="command">The command.</param>
    /// <param name="config">The database.</param>
    /// <param name="consequence">What became of the script.</param>
    /// <param name="isOverTime">Whether it was a statement that took longer than its limit.</param>
    public static MigrationException Translate(PostgresException exception, Command command, PostgreSqlConfig config, string consequence, bool isOverTime = false)
    {
        var script = command.Unit.Script;
        var location = LocationOf(exception, command);
        var problem = ServerErrors.Describe(exception)
            + (ColumnOf(exception, command) is { } column ? $" Column: {column}." : "")
            + (exception.SqlState == PostgresErrorCodes.SyntaxError && command.Statement is { } statement ? ForeignCommand.AdviceOn(statement.Text) : "");
        return exception.SqlState switch
        {
            _ when isOverTime => config.Settings.CommandTimeout > TimeSpan.Zero
                ? Errors.CommandTimeout(location, config.Settings.CommandTimeout, consequence, exception)
                : Errors.StatementFailed(location, $"{problem} The limit is the server's own; -p:MigrateCommandTimeout=seconds sets another.", consequence, exception),
            PostgresErrorCodes.ActiveSqlTransaction or PostgresErrorCodes.InvalidTransactionTermination when TransactionAdvice.On(command, exception.SqlState) is { } advice =>
                Errors.RefusedInTransaction(location, problem, consequence, advice, exception),
            PostgresErrorCodes.DiskFull => Errors.DiskFull(location, config.Target, problem, consequence, exception),
            PostgresErrorCodes.ReadOnlySqlTransaction when command.Purpose == CommandPurpose.Claim => Errors.ReadOnly(config.Target, problem, exception),
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName when command.Purpose is CommandPurpose.Entry or CommandPurpose.Record =>
                Errors.HistoryRemovedByCall(location, config.HistoryTable.ToString(), consequence, exception),
            _ when command.Purpose is CommandPurpose.Statement or CommandPurpose.Check or CommandPurpose.Commit => Errors.StatementFailed(location, problem, consequence, exception),
            _ => Errors.DatabaseRefused(config.Target, $"recording {script.Name}", $"{problem} {consequence}".TrimEnd(), exception),
        };
    }

    /// <summary>The place in the file that the server means, as exactly as it tells.</summary>
    public static SourceLocation LocationOf(PostgresException exception, Command command) =>
        command.Statement is { } failed ? LocationOf(exception, command.Unit.Script, failed) : command.Unit.Script.Location;

    /// <summary>The place of a statement that the server means.</summary>
    public static SourceLocation LocationOf(PostgresException exception, MigrationScript script, ScriptStatement statement) => script.Locate(PlaceOf(exception, script, statement));

    private static SourceLocation PlaceOf(PostgresException exception, MigrationScript script, ScriptStatement statement)
    {
        var file = script.Location.File;
        if (exception.Position > 0)
        {
            return statement.LocationOf(file, statement.Rows is null ? exception.Position : CopyStop.PositionOf(exception));
        }

        return LocationOfRow(exception, script, statement) ?? LocationInBody(exception, script, statement) ?? new SourceLocation(file, statement.Line, statement.Column);
    }

    private static SourceLocation? LocationOfRow(PostgresException exception, MigrationScript script, ScriptStatement statement)
    {
        if (statement.Rows is null || Row().Match(exception.Where ?? "") is not { Success: true } row)
        {
            return null;
        }

        // The rows are gone by now.
        return script.ReadStatements()
            .Where(again => again.Offset == statement.Offset && again.Rows is not null)
            .Select(again => again.Rows!.LocationOfLine(int.Parse(row.Groups["line"].Value, CultureInfo.InvariantCulture)))
            .FirstOrDefault();
    }

    private static string? ColumnOf(PostgresException exception, Command command) =>
        command.Statement?.Rows is not null && Row().Match(exception.Where ?? "").Groups["column"] is { Success: true } column ? column.Value.Trim() : null;

    // The context lists the frames from the innermost outward; the first one whose source stands in this file tells the most.
    private static SourceLocation? LocationInBody(PostgresException exception, MigrationScript script, ScriptStatement statement)
    {
        var file = script.Location.File;
        foreach (var (index, (definition, line)) in BodyFrame.Of(exception, script, statement).Index())
        {
            var inQuery = index == 0 && exception.InternalQuery is { } query ? definition?.LocationInBody(file, query, exception.InternalPosition, line) : null;
            if ((inQuery ?? definition?.LocationOfBodyLine(file, line)) is { } location)
            {
                return location;
            }
        }

        return null;
    }

    // In any language; what comes after a colon is the value.
    [GeneratedRegex(@"^[^\r\n]*(?<![A-Za-z0-9_])COPY(?![A-Za-z0-9_])[^\r\n]*?[,、،] ?[\p{L}\p{M} ]+(?<line>[0-9]+)([,、،] ?\p{L}[\p{L}\p{M}]* ?(?<column>[^:：\r\n]+))?", RegexOptions.Multiline)]
    private static partial Regex Row();
}
