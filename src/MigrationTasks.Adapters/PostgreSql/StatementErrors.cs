using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>Turns the server's refusal of a command into an error at the line and column of the file.</summary>
internal static partial class StatementErrors
{
    private const string BlockName = "inline_code_block";

    /// <param name="exception">What the server said.</param>
    /// <param name="origin">Where the command comes from.</param>
    /// <param name="config">The database.</param>
    /// <param name="consequence">What became of the script.</param>
    public static MigrationException Translate(PostgresException exception, CommandOrigin origin, PostgreSqlConfig config, string consequence)
    {
        var script = origin.Script;
        var location = LocationOf(exception, origin);
        var problem = ServerErrors.Describe(exception)
            + (ColumnOf(exception, origin) is { } column ? $" Column: {column}." : "")
            + (exception.SqlState == PostgresErrorCodes.SyntaxError && origin.Statement is { } statement ? ForeignCommand.AdviceOn(statement.Text) : "");
        return exception.SqlState switch
        {
            PostgresErrorCodes.QueryCanceled when exception.MessageText.Contains("statement timeout", StringComparison.Ordinal) => config.Settings.CommandTimeout > TimeSpan.Zero
                ? Errors.CommandTimeout(location, config.Settings.CommandTimeout, consequence, exception)
                : Errors.StatementFailed(location, $"{problem} The limit is the server's own; -p:MigrateCommandTimeout=seconds sets another.", consequence, exception),
            PostgresErrorCodes.ActiveSqlTransaction or PostgresErrorCodes.InvalidTransactionTermination when TransactionAdvice.On(origin, exception.SqlState) is { } advice =>
                Errors.RefusedInTransaction(location, problem, consequence, advice, exception),
            PostgresErrorCodes.DiskFull => Errors.DiskFull(location, config.Target, problem, consequence, exception),
            PostgresErrorCodes.ReadOnlySqlTransaction when origin.Purpose == CommandPurpose.Claim => Errors.ReadOnly(config.Target, problem, exception),
            _ when origin.Purpose is CommandPurpose.Statement or CommandPurpose.Commit => Errors.StatementFailed(location, problem, consequence, exception),
            _ => Errors.DatabaseRefused(config.Target, $"recording {script.Name}", $"{problem} {consequence}".TrimEnd(), exception),
        };
    }

    /// <summary>The place in the file that the server means, as exactly as it tells.</summary>
    public static SourceLocation LocationOf(PostgresException exception, CommandOrigin origin) =>
        origin.Statement is { } failed ? origin.Script.Locate(LocationOf(exception, origin.Script, failed)) : origin.Script.Location;

    private static SourceLocation LocationOf(PostgresException exception, MigrationScript script, ScriptStatement statement)
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

    private static string? ColumnOf(PostgresException exception, CommandOrigin origin) =>
        origin.Statement?.Rows is not null && Row().Match(exception.Where ?? "").Groups["column"] is { Success: true } column ? column.Value.Trim() : null;

    // The context lists the frames from the innermost outward; the first one whose source stands in this file tells the most.
    private static SourceLocation? LocationInBody(PostgresException exception, MigrationScript script, ScriptStatement statement)
    {
        var file = script.Location.File;
        var isInnermost = true;
        foreach (Match frame in Frame().Matches(exception.Where ?? ""))
        {
            var line = int.Parse(frame.Groups["line"].Value, CultureInfo.InvariantCulture);
            var definition = frame.Groups["name"].Value == BlockName ? statement : FindFunction(script, frame.Groups["name"].Value, statement.Offset);
            if (definition is not null)
            {
                var inQuery = isInnermost && exception.InternalQuery is { } query
                    ? definition.LocationInBody(file, query, exception.InternalPosition, line)
                    : null;
                if ((inQuery ?? definition.LocationOfBodyLine(file, line)) is { } location)
                {
                    return location;
                }
            }

            isInnermost = false;
        }

        return null;
    }

    private static ScriptStatement? FindFunction(MigrationScript script, string signature, long before)
    {
        var name = signature.Split('(')[0];
        return script.ReadStatements()
            .TakeWhile(statement => statement.Offset < before)
            .LastOrDefault(statement => FunctionDefinition().Match(statement.Text) is { Success: true } match
                && match.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    // In any language; what comes after a colon is the value.
    [GeneratedRegex(@"^COPY .+?, \p{L}+ (?<line>\d+)(, \p{L}+ (?<column>[^:\r\n]+))?", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^PL/pgSQL function (?<name>.+?) line (?<line>\d+) ", RegexOptions.Multiline)]
    private static partial Regex Frame();

    [GeneratedRegex(@"^CREATE\s+(OR\s+REPLACE\s+)?(FUNCTION|PROCEDURE)\s+((""[^""]+""|\w+)\s*\.\s*)?""?(?<name>[^\s(""]+)""?\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex FunctionDefinition();
}
