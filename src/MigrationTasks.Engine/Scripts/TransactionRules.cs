using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Keeps a migration inside the one transaction that it runs in, so that it is applied whole or not at all.
/// </summary>
internal static class TransactionRules
{
    /// <summary>
    /// Passes on the statements to run. A script wrapped in its own <c>BEGIN; … COMMIT;</c> gives what is between them, and so
    /// does a part of it that is wrapped because its first statement needs a transaction, as pg_dump does with large objects;
    /// empty statements are dropped.
    /// </summary>
    /// <param name="statements">The script.</param>
    /// <param name="transactional">
    /// Whether the migration runs in a transaction; if not (<c>-- Transaction: none</c>), the script manages its own and
    /// every statement but such a COPY, and one that changes how texts are quoted, is passed on.
    /// </param>
    /// <param name="file">The file's path, for error messages only.</param>
    /// <exception cref="MigrationException">
    /// MIG2007 (transaction control), MIG2008 (refused inside a transaction), MIG2009 (COPY to a client program, or
    /// where the database has no such statement), MIG2015 (a transaction left open), MIG2019 (the part of another tool
    /// that undoes the rest) or MIG2027 (another way of quoting), at its place; thrown when the enumeration gets there, so
    /// that earlier statements are already out.
    /// </exception>
    public static IEnumerable<ScriptStatement> Apply(IEnumerable<ScriptStatement> statements, bool transactional, string? file)
    {
        var code = statements.Where(statement => statement.Kind != StatementKind.Empty).Select(statement => WithoutDirective(statement, file));
        return transactional ? InsideTransaction(code, file) : OutsideTransaction(code, file);
    }

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
            if (statement.Kind is StatementKind.CopyToStdout or StatementKind.ChangesQuoting || (statement.Kind == StatementKind.CopyFromStdin && statement.Rows is null))
            {
                throw Problem(statement, file);
            }

            transaction.Pass(statement);
            yield return statement;
        }

        if (transaction.Opening is { } open)
        {
            throw Errors.TransactionLeftOpen(LocationOf(open, file), open.Summary);
        }
    }

    private static IEnumerable<ScriptStatement> InsideTransaction(IEnumerable<ScriptStatement> statements, string? file)
    {
        ScriptStatement? begin = null;
        ScriptStatement? commit = null;
        ScriptStatement? previous = null;
        var wrapsAll = false;
        foreach (var statement in statements)
        {
            if (commit is not null)
            {
                throw Problem(commit, file);
            }

            if (begin is not null && begin == previous)
            {
                var wrapsNeed = statement.Kind == StatementKind.NeedsTransaction;
                wrapsAll = wrapsAll && !wrapsNeed;
                if (!wrapsAll && !wrapsNeed)
                {
                    throw Problem(begin, file);
                }
            }

            switch (statement.Kind)
            {
                case StatementKind.TransactionStart when begin is null:
                    begin = statement;
                    wrapsAll = previous is null;
                    break;
                case StatementKind.TransactionEnd when begin is not null:
                    (begin, commit) = wrapsAll ? (begin, statement) : (null, null);
                    break;
                case StatementKind.Ordinary or StatementKind.NeedsTransaction:
                case StatementKind.CopyFromStdin when statement.Rows is not null:
                    yield return statement;
                    break;
                default:
                    throw Problem(statement, file);
            }

            previous = statement;
        }

        if (begin is not null && commit is null)
        {
            throw Problem(begin, file);
        }
    }

    private static MigrationException Problem(ScriptStatement statement, string? file)
    {
        var location = LocationOf(statement, file);
        return statement.Kind switch
        {
            StatementKind.CopyFromStdin => Errors.CopyFromStdin(location),
            StatementKind.CopyToStdout => Errors.CopyToStdout(location),
            StatementKind.ChangesQuoting => Errors.QuotingChanged(location),
            StatementKind.NeedsNoTransaction or StatementKind.CommitsImplicitly => Errors.NeedsNoTransaction(location, statement.Summary),
            _ => Errors.TransactionControl(location, statement.Summary),
        };
    }

    private static SourceLocation LocationOf(ScriptStatement statement, string? file) => new(file, statement.Line, statement.Column);
}
