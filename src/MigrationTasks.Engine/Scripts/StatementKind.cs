namespace MigrationTasks.Engine.Scripts;

/// <summary>What a statement means for the transaction that a migration runs in.</summary>
public enum StatementKind
{
    /// <summary>Runs inside a transaction and cannot end it; <c>SAVEPOINT</c> and <c>ROLLBACK TO</c> are ordinary too.</summary>
    Ordinary,

    /// <summary>Nothing to run: white space, comments, a lone <c>;</c>.</summary>
    Empty,

    /// <summary>A plain <c>BEGIN</c>: together with a <see cref="TransactionEnd"/> it can be taken off a script.</summary>
    TransactionStart,

    /// <summary>A plain <c>COMMIT</c> or <c>END</c>.</summary>
    TransactionEnd,

    /// <summary>
    /// Any other statement that starts, ends or prepares a transaction, such as <c>ROLLBACK</c>, <c>COMMIT AND CHAIN</c>
    /// or <c>BEGIN ISOLATION LEVEL …</c>: dropping it would change what the script does.
    /// </summary>
    TransactionControl,

    /// <summary>Refused by the database inside a transaction, such as <c>VACUUM</c>.</summary>
    NeedsNoTransaction,

    /// <summary>
    /// Commits by itself, or may do so, as <c>CREATE TABLE</c> does in MySQL: first what was open, which stays even when the
    /// statement itself fails, and then what it does. No transaction can hold it.
    /// </summary>
    CommitsImplicitly,

    /// <summary>Works only inside a transaction, such as <c>SELECT lo_open(…)</c>: a <see cref="TransactionStart"/> right before it is there for its sake.</summary>
    NeedsTransaction,

    /// <summary>Makes the server read what comes behind it otherwise than it was split, as <c>SET sql_mode = 'NO_BACKSLASH_ESCAPES'</c> does in MySQL.</summary>
    ChangesQuoting,

    /// <summary><c>COPY … FROM STDIN</c>: its rows follow in the script (<see cref="ScriptStatement.Rows"/>), where the database takes them.</summary>
    CopyFromStdin,

    /// <summary><c>COPY … TO STDOUT</c>: its rows go to a client program, and a migration has none.</summary>
    CopyToStdout,

    /// <summary>Makes the server take what comes behind it for text in another encoding, from within a block that cannot be changed.</summary>
    ChangesEncoding,
}
