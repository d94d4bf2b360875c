using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Migrations;

/// <summary>
/// One migration file. Its content is not held: it is read again, statement by statement, when it is applied, so that a
/// file of any size needs little memory.
/// </summary>
public sealed class Migration : MigrationScript
{
    private const string HistoryTableTitle = "migrations_table";

    private TransactionShape? _shape;
    private string? _tokenChecksum;

    /// <summary>Creates the migration.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="fileName">What its name says.</param>
    /// <param name="checksum">The checksum of its content.</param>
    /// <param name="header">What its header says.</param>
    /// <param name="rollback">The SQL that undoes it, from its header or its <c>.down.sql</c> file, as written.</param>
    /// <param name="language">What it is written in.</param>
    /// <param name="placeholders">What stands for the placeholders in it.</param>
    /// <param name="rollbackFile">The full path of its <c>.down.sql</c> file, when it has one.</param>
    public Migration(
        string path,
        MigrationFileName fileName,
        string checksum,
        MigrationHeader header,
        string? rollback,
        ScriptLanguage language,
        Placeholders placeholders,
        string? rollbackFile = null)
        : base(ComposedName.Of(System.IO.Path.GetFileName(path)), language)
    {
        ArgumentNullException.ThrowIfNull(placeholders);
        Path = path;
        Version = fileName.Version;
        Title = fileName.Title;
        Checksum = checksum;
        Header = header;
        RollbackAsWritten = rollback;
        Rollback = rollback is null ? null : language.Replace(rollback, placeholders);
        RollbackFile = rollbackFile;
        Placeholders = placeholders;
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The version at the start of the name; <see langword="null"/> when it is repeatable.</summary>
    public MigrationVersion? Version { get; }

    /// <summary>The name after the version, as its file's name says it.</summary>
    public string Title { get; }

    /// <summary>The checksum of the content as written, with its algorithm: <c>sha256:…</c>.</summary>
    public string Checksum { get; }

    /// <summary>What its top says about it.</summary>
    public MigrationHeader Header { get; }

    /// <summary>The SQL that undoes it, with values in the place of placeholders, or <see langword="null"/> when none is written down.</summary>
    public string? Rollback { get; }

    /// <summary><see cref="Rollback"/> as it is written.</summary>
    public string? RollbackAsWritten { get; }

    /// <summary>The full path of its <c>.down.sql</c> file; <see langword="null"/> when the rollback stands in the header, or nowhere.</summary>
    public string? RollbackFile { get; }

    /// <summary>What stands for the placeholders in it.</summary>
    public Placeholders Placeholders { get; }

    /// <summary>Whether it should have a rollback, and has none, or one without a statement. One that does nothing needs none.</summary>
    internal bool LacksRollback => !CreatesHistory && !IsRepeatable && !IsEmpty && (RollbackAsWritten is null || HasNoStatement(ReadRollback));

    /// <summary>What the history calls the folder that it is in; <see langword="null"/> when nobody said.</summary>
    public string? Folder { get; internal set; }

    /// <summary>
    /// Whether it runs in one transaction; <c>-- Transaction: none</c> says no, and so do transactions of its own that must stay what
    /// they are, and the statements in a language where they decide: its file is read for it, once.
    /// </summary>
    public override bool IsTransactional => !RefusesTransaction && !Shape.KeepsOwn;

    /// <inheritdoc/>
    public override string? TransactionModes => IsTransactional ? Shape.Modes : null;

    /// <inheritdoc/>
    public override bool RefusesTransaction => !Header.IsTransactional;

    /// <inheritdoc/>
    public override TimeSpan? LockTimeout => Header.LockTimeout;

    /// <summary>Whether it runs after all that have a version, and again whenever its file was changed.</summary>
    public bool IsRepeatable => Version is null;

    /// <summary>Whether this is <c>000_migrations_table</c>, the file that creates the history table itself.</summary>
    public bool CreatesHistory => IsHistoryScript(Name);

    /// <summary>Whether a name, with or without its ending, is that of the file that creates the history table itself.</summary>
    /// <param name="name">The name.</param>
    public static bool IsHistoryScript(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var separator = name.IndexOf('_', StringComparison.Ordinal);
        return separator > 0
            && MigrationVersion.TryParse(name.AsSpan(0, separator), out var version)
            && version.IsZero
            && System.IO.Path.GetFileNameWithoutExtension(name.AsSpan(separator + 1)).Equals(HistoryTableTitle, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The file, without a line.</summary>
    public override SourceLocation Location => new(Path);

    /// <summary>
    /// The checksum of the tokens, which is the same whatever the comments and the layout are. It is of the file as written, and
    /// read from it unless <see cref="Check(CancellationToken)"/> has done so.
    /// </summary>
    /// <returns><see langword="null"/> when the file cannot be read, or its text not be split.</returns>
    public string? ReadTokenChecksum()
    {
        try
        {
            return _tokenChecksum ?? ReadThrough(statements => statements, default);
        }
        catch (MigrationException)
        {
            return null;
        }
    }

    /// <summary>Reads the whole script, to find what is wrong with it before any of it runs.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="MigrationException">As <see cref="ReadStatements"/>.</exception>
    public void Check(CancellationToken cancellation) => Check(statements => statements, cancellation);

    /// <summary>MIG2028, when nothing is known of those after it.</summary>
    internal Diagnostic NoStatement() => Errors.NoStatement(Location, Language.NothingToDo, IsRepeatable);

    /// <inheritdoc/>
    public override IEnumerable<ScriptStatement> ReadStatements()
    {
        foreach (var statement in TransactionRules.Apply(ReadAll(), IsTransactional, Path))
        {
            yield return statement;
        }
    }

    /// <summary>As <see cref="Check(CancellationToken)"/>, while somebody else sees all statements, empty ones and transaction control too.</summary>
    /// <param name="watch">Passes the statements on.</param>
    /// <param name="cancellation">Stops the reading.</param>
    internal void Check(Func<IEnumerable<ScriptStatement>, IEnumerable<ScriptStatement>> watch, CancellationToken cancellation) =>
        ReadThrough(statements => watch(WhichMayRun(statements, cancellation)), cancellation);

    private TransactionShape Shape => _shape ??= TransactionShape.Of(Language, ReadAll);

    private string ReadThrough(Func<IEnumerable<ScriptStatement>, IEnumerable<ScriptStatement>> watch, CancellationToken cancellation)
    {
        using var checksum = new TokenChecksum();
        foreach (var _ in checksum.Watch(watch(TransactionRules.WhichEverRun(ReadAll(), Path))))
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return _tokenChecksum = checksum.Complete();
    }

    // Whether a statement may run depends on those behind it, and most scripts have none of those that are asked about. Whoever
    // watches does not get to the end of a script that may not run.
    private IEnumerable<ScriptStatement> WhichMayRun(IEnumerable<ScriptStatement> statements, CancellationToken cancellation)
    {
        var watched = TransactionShape.Watch(Language, statements, out var shape);
        foreach (var statement in watched)
        {
            yield return statement;
        }

        _shape = shape;
        if (RefusesTransaction || !shape.IsPlain)
        {
            foreach (var _ in ReadStatements())
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <inheritdoc/>
    private protected override IEnumerable<ScriptStatement> ReadAll()
    {
        using var text = Open();
        foreach (var statement in Language.ReadStatements(text, Path, Placeholders))
        {
            yield return statement;
        }
    }

    private IEnumerable<ScriptStatement> ReadRollback()
    {
        using var text = new StringReader(RollbackAsWritten ?? "");
        foreach (var statement in Language.ReadStatements(text, RollbackFile ?? Path, Placeholders))
        {
            yield return statement;
        }
    }

    // The file was there when the folder was read, and may be gone by now.
    private TextReader Open()
    {
        try
        {
            return ScriptFile.Open(Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileUnreadable(Path, exception);
        }
    }
}
