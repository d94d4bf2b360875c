using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>The actions of one statement, as they are found.</summary>
/// <param name="statement">The statement; <see langword="null"/> for text that stands in no file.</param>
/// <param name="file">The file's path.</param>
/// <param name="naming">How names are compared.</param>
internal sealed class ActionList(ScriptStatement? statement, string? file, SqlNaming naming)
{
    private readonly TextPlaces? _places = statement?.Places;

    public List<SqlAction> Found { get; } = [];

    public SqlNaming Naming => naming;

    public void Add(SqlAction action) => Found.Add(action);

    /// <summary>What a token says that is one part of a name.</summary>
    public SqlPart Part(SqlTokens token)
    {
        var value = naming.Read(token);
        return new SqlPart(value, statement is { HasPlaceholders: true } ? Written(token).Trim('"', '`', '[', ']') : value);
    }

    /// <summary>A token as the file has it.</summary>
    public string Written(SqlTokens token) => _places?.Written(token.Start, token.Text.Length) ?? token.Text.ToString();

    /// <summary>What stands before a token, from another on, as the file has it; <see langword="null"/> when that is what is read.</summary>
    public string? WrittenBetween(SqlTokens first, SqlTokens end) => statement is { HasPlaceholders: true }
        ? _places!.Written(first.Start, (end.AtEnd ? statement.Text.Length : end.Start) - first.Start).Trim()
        : null;

    /// <summary>Where a token stands.</summary>
    public SourceLocation At(SqlTokens token)
    {
        if (_places is null)
        {
            return new SourceLocation(file, 0, 0);
        }

        var position = _places.Of(token.AtEnd ? statement!.Text.Length : token.Start);
        return new SourceLocation(file, position.Line, position.Column);
    }
}
