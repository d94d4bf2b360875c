using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Planning;

/// <summary>Where the SQL of a rollback comes from.</summary>
public enum RollbackSource
{
    /// <summary>The <c>Rollback</c> header of the migration's file.</summary>
    Header,

    /// <summary>The <c>.down.sql</c> file beside the migration.</summary>
    File,

    /// <summary>The history, which kept what was written down when the migration was applied.</summary>
    History,
}

/// <summary>What undoes one applied migration. Its name is the one in the history, which may lack the file's ending.</summary>
public sealed class RollbackScript : MigrationScript
{
    private readonly string _text;
    private readonly string _file;
    private readonly IReadOnlyList<HeaderLine> _lines;
    private readonly Placeholders _placeholders;
    private readonly Lazy<MigrationHeader> _header;
    private readonly Lazy<TransactionShape> _shape;
    private readonly Lazy<bool> _isTransactional;

    private RollbackScript(HistoryRow row, string text, ScriptLanguage language, RollbackSource source, string file, IReadOnlyList<HeaderLine> lines, Placeholders placeholders, bool isMigrationTransactional)
        : base(row.Name, language)
    {
        Row = row;
        Version = HistoryMatch.VersionOf(row.Name) ?? default;
        Source = source;
        _text = text;
        _file = file;
        _lines = lines;
        _placeholders = placeholders;
        _header = new(ReadHeader);
        _shape = new(() => TransactionShape.Of(Language, ReadAll));
        _isTransactional = new(() => !RefusesTransaction && !_shape.Value.KeepsOwn && (isMigrationTransactional || !_shape.Value.HasOutsideTransaction));
    }

    /// <summary>Whether the migration has done nothing, so that its row is all that goes.</summary>
    public bool UndoesNothing { get; private init; }

    /// <summary>The history row that goes.</summary>
    public HistoryRow Row { get; }

    /// <summary>The migration's version.</summary>
    public MigrationVersion Version { get; }

    /// <summary>Where the SQL comes from.</summary>
    public RollbackSource Source { get; }

    /// <summary>
    /// Whether it runs in one transaction. Not when it says so itself (<c>-- Transaction: none</c>), nor when a statement
    /// of it cannot and the migration did not run in one either, or the statements decide in its language, nor when it has
    /// transactions of its own that must stay what they are.
    /// </summary>
    public override bool IsTransactional => _isTransactional.Value;

    /// <inheritdoc/>
    public override string? TransactionModes => IsTransactional ? _shape.Value.Modes : null;

    /// <inheritdoc/>
    public override bool RefusesTransaction => !_header.Value.IsTransactional;

    /// <inheritdoc/>
    public override TimeSpan? LockTimeout => _header.Value.LockTimeout;

    /// <summary>The file, with the line where the header has it; the folder when the SQL comes from the history.</summary>
    public override SourceLocation Location => _lines.Count == 0 ? new SourceLocation(_file) : new SourceLocation(_file, _lines[0].Line, _lines[0].Column);

    /// <summary>The rollback that a migration's files hold, or <see langword="null"/> when there is none.</summary>
    /// <param name="row">The migration's history row.</param>
    /// <param name="migration">The migration.</param>
    public static RollbackScript? Of(HistoryRow row, Migration migration)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(migration);
        if (migration.RollbackAsWritten is not { } text)
        {
            return null;
        }

        return migration.RollbackFile is { } file
            ? new RollbackScript(row, text, migration.Language, RollbackSource.File, file, [], migration.Placeholders, migration.IsTransactional)
            : new RollbackScript(row, text, migration.Language, RollbackSource.Header, migration.Path, migration.Header.RollbackLines, migration.Placeholders, migration.IsTransactional);
    }

    /// <summary>The rollback that a history row keeps, or <see langword="null"/> when there is none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="language">What it is written in.</param>
    /// <param name="folder">The folder where the migration's file would be.</param>
    public static RollbackScript? Of(HistoryRow row, ScriptLanguage language, string folder)
    {
        ArgumentNullException.ThrowIfNull(row);

        // Only a migration outside a transaction has its statements counted; values stand in the place of placeholders already.
        return row.Rollback is { } text
            ? new RollbackScript(row, text, language, RollbackSource.History, folder, [], Placeholders.None, isMigrationTransactional: row.StatementsDone == 0)
            : null;
    }

    /// <summary>The rollback of a migration that has done nothing.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="language">What it is written in.</param>
    /// <param name="file">Its file; the folder when it has none.</param>
    internal static RollbackScript OfNothing(HistoryRow row, ScriptLanguage language, string file) =>
        new(row, "", language, RollbackSource.Header, file, [], Placeholders.None, isMigrationTransactional: true) { UndoesNothing = true };

    /// <inheritdoc/>
    public override IEnumerable<ScriptStatement> ReadStatements()
    {
        using var statements = TransactionRules.Apply(ReadAll(), IsTransactional, _file, TransactionAdvice()).GetEnumerator();
        while (Located(statements.MoveNext))
        {
            yield return statements.Current;
        }
    }

    /// <summary>The folders whose rows are not looked at: those of other projects that share the history.</summary>
    public IReadOnlyCollection<string> OtherFolders { get; private set; } = [];

    /// <summary>Says whose rows are not looked at.</summary>
    internal void LeaveAlone(IReadOnlyCollection<string> folders) => OtherFolders = folders;

    /// <summary>Whether the migration is applied and no newer version of its folder has a row: only then may it be undone.</summary>
    /// <param name="history">The history as it is now, when nobody else can change it any more.</param>
    public bool IsNewestOf(MigrationHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.Rows.Any(row => row.Name == Name && row.IsApplied) && history.Rows.All(row => (row.Folder is { } folder && OtherFolders.Contains(folder)) || HistoryMatch.VersionOf(row.Name) is not { } version || version <= Version);
    }

    /// <summary>Puts into words where in the history's SQL something is wrong: there is no file to point to.</summary>
    /// <param name="exception">What is wrong.</param>
    internal MigrationException Explain(MigrationException exception) =>
        Source == RollbackSource.History ? new MigrationException([.. exception.Diagnostics.Select(Explain)]) : exception;

    /// <inheritdoc/>
    public override SourceLocation Locate(SourceLocation place)
    {
        if (place.Line == 0 || place.Line > _lines.Count)
        {
            return place;
        }

        var line = _lines[place.Line - 1];
        return new SourceLocation(place.File, line.Line, line.Column + place.Column - 1);
    }

    private Diagnostic Explain(Diagnostic problem) => problem.Location is { Line: > 0 } place && place.File == _file
        ? problem with { Message = $"Line {place.Line}, column {place.Column} of the rollback that the history keeps of {PlainText.Of(Name)}: {problem.Message}", Location = Location }
        : problem;

    // The comment counts where the whole rollback stands: of a header, or of the history's, that is a file of its own.
    private string TransactionAdvice() => Source == RollbackSource.File
        ? "Write '-- Transaction: none' at the top of this file."
        : $"Write the rollback into {Path.GetFileNameWithoutExtension(Name)}.down{Language.FileExtension} instead, with '-- Transaction: none' at its top.";

    /// <inheritdoc/>
    private protected override IEnumerable<ScriptStatement> ReadAll()
    {
        if (UndoesNothing)
        {
            yield break;
        }

        using var text = new StringReader(_text);
        foreach (var statement in Language.ReadStatements(text, _file, _placeholders))
        {
            yield return statement;
        }
    }

    private MigrationHeader ReadHeader()
    {
        try
        {
            return Language.ReadHeader(_text, _file);
        }
        catch (MigrationException)
        {
            // Whoever reads its statements is told what is wrong.
            return MigrationHeader.Empty;
        }
    }

    private bool Located(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (MigrationException exception)
        {
            throw new MigrationException([.. exception.Diagnostics.Select(problem => problem with { Location = Locate(problem.Location) })]);
        }
    }
}
