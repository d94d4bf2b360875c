using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Keeps a migration inside the one transaction that it runs in, so that it is applied whole or not at all.
/// </summary>
internal static class TransactionRules
{
    /// <summary>
    /// Passes on the statements to run: not those that begin and end transactions where one around all takes their place
    /// (<see cref="TransactionShape"/>), nor empty ones.
    /// </summary>
    /// <param name="statements">The script.</param>
    /// <param name="transactional">
    /// Whether the migration runs in a transaction; if not (<c>-- Transaction: none</c>), the script manages its own and
    /// every statement but such a COPY, one that changes how texts are quoted, and a COMMIT without a BEGIN is passed on.
    /// </param>
    /// <param name="file">The file's path, for error messages only.</param>
    /// <param name="advice">What to do about a statement that no transaction can hold, where that is not what is right for a migration.</param>
    /// <exception cref="MigrationException">
    /// MIG2007 (transaction control), MIG2008 (refused inside a transaction), MIG2009 (COPY to a client program, or
    /// where the database has no such statement), MIG2015 (a transaction left open), MIG2019 (the part of another tool
    /// that undoes the rest), MIG2027 (another way of quoting) or MIG2040 (a transaction that is read-only), at its place;
    /// thrown when the enumeration gets there, so that earlier statements are already out.
    /// </exception>
    public static IEnumerable<ScriptStatement> Apply(IEnumerable<ScriptStatement> statements, bool transactional, string? file, string? advice = null)
    {
        var code = WhichEverRun(statements, file).Where(statement => statement.Kind != StatementKind.Empty);
        return transactional ? InsideTransaction(code, file, advice) : OutsideTransaction(code, file);
    }

    /// <summary>Passes all statements on, unless one can run neither in a transaction nor outside one.</summary>
    /// <param name="statements">The script.</param>
    /// <param name="file">The file's path, for error messages only.</param>
    /// <exception cref="MigrationException">MIG2009, MIG2019, MIG2027 or MIG2038.</exception>
    public static IEnumerable<ScriptStatement> WhichEverRun(IEnumerable<ScriptStatement> statements, string? file) => statements.Select(statement => statement.Kind switch
    {
        StatementKind.Empty => statement,
        StatementKind.CopyToStdout or StatementKind.ChangesQuoting or StatementKind.ChangesEncoding => throw Problem(statement, file),
        StatementKind.CopyFromStdin when statement.Rows is null => throw Problem(statement, file),
        _ => WithoutDirective(statement, file),
    });

    private static ScriptStatement WithoutDirective(ScriptStatement statement, string? file)
    {
        foreach (var (position, comment) in statement.LeadingComments)
        {
            if (ForeignDirective.Find(comment) is { } directive)
            {
                throw Errors.ForeignDirective(new SourceLocation(file, position.Line, position.Column), comment, directive.Tool);
            }
        }

        return statement;
    }

    private static IEnumerable<ScriptStatement> OutsideTransaction(IEnumerable<ScriptStatement> statements, string? file)
    {
        var transaction = new OwnTransaction();
        foreach (var statement in statements)
        {
            if (statement.IsIgnoredWithoutTransaction && !transaction.IsOpen)
            {
                continue;
            }

            if (transaction.IsOpen || statement.Kind == StatementKind.TransactionControl)
            {
                RefuseReadOnly(statement, file);
            }

            transaction.Pass(statement);
            yield return statement;
        }

        if (transaction.Opening is { } open)
        {
            throw Errors.TransactionLeftOpen(LocationOf(open, file), open.Summary);
        }
    }

    private static IEnumerable<ScriptStatement> InsideTransaction(IEnumerable<ScriptStatement> statements, string? file, string? advice)
    {
        ScriptStatement? open = null;
        var hasStarted = false;
        foreach (var statement in statements)
        {
            RefuseReadOnly(statement, file);
            if (!hasStarted && statement.TransactionModes is not null)
            {
                // The transaction around all begins so.
                open = statement.Kind == StatementKind.TransactionControl ? statement : open;
                continue;
            }

            switch (statement.Kind)
            {
                case StatementKind.TransactionStart when open is null:
                    open = statement;
                    break;
                case StatementKind.TransactionEnd when open is not null || statement.IsIgnoredWithoutTransaction:
                    open = null;
                    break;
                case StatementKind.Ordinary or StatementKind.NeedsTransaction or StatementKind.CopyFromStdin:
                    hasStarted = hasStarted || statement.SessionEffect != SessionEffect.Setting;
                    yield return statement;
                    break;
                default:
                    throw Problem(statement, file, open, advice);
            }
        }

        if (open is not null)
        {
            throw Problem(open, file);
        }
    }

    // What the history says of a migration is written in the same transaction.
    private static void RefuseReadOnly(ScriptStatement statement, string? file)
    {
        if (statement.TransactionModes?.Contains("READ ONLY", StringComparison.Ordinal) == true)
        {
            throw Errors.ReadOnlyTransaction(LocationOf(statement, file), statement.Summary);
        }
    }

    private static MigrationException Problem(ScriptStatement statement, string? file, ScriptStatement? open = null, string? advice = null)
    {
        var location = LocationOf(statement, file);
        return statement.Kind switch
        {
            StatementKind.CopyFromStdin => Errors.CopyFromStdin(location),
            StatementKind.CopyToStdout => Errors.CopyToStdout(location),
            StatementKind.ChangesQuoting => Errors.QuotingChanged(location),
            StatementKind.ChangesEncoding => Errors.EncodingChanged(location),
            StatementKind.NeedsNoTransaction or StatementKind.CommitsImplicitly when open is not null =>
                Errors.NeedsNoTransactionAround(location, statement.Summary, open.Summary, open.Line),
            StatementKind.NeedsNoTransaction or StatementKind.CommitsImplicitly => Errors.NeedsNoTransaction(location, statement.Summary, advice),
            _ => Errors.TransactionControl(location, statement.Summary),
        };
    }

    private static SourceLocation LocationOf(ScriptStatement statement, string? file) => new(file, statement.Line, statement.Column);
}
