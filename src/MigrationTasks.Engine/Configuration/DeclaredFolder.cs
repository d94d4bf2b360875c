using System.Text;

namespace MigrationTasks.Engine.Configuration;

/// <summary>A migrations folder as a project declares it.</summary>
/// <param name="Path">The folder; relative to the project's folder when it is not rooted.</param>
/// <param name="Database">The database's name; <see langword="null"/> to go by the folder's name or the connection.</param>
/// <param name="ConnectionVariable">The variable that holds the connection; <see langword="null"/> for the database's usual one.</param>
/// <param name="HistoryTable">The history table; <see langword="null"/> for the usual one.</param>
public sealed record DeclaredFolder(string Path, string? Database = null, string? ConnectionVariable = null, string? HistoryTable = null)
{
    /// <summary>What messages call <see cref="Connection"/>, where they name the variable otherwise.</summary>
    internal const string ConnectionInCode = $"{nameof(DeclaredFolder)}.{nameof(Connection)}";

    /// <summary>
    /// The connection itself, for a program that has it already; <see langword="null"/> or nothing to read the variable. It is
    /// secret: neither <see cref="ToString"/> nor any message shows it.
    /// </summary>
    public string? Connection { get; init; }

    /// <summary>The file that declares it, a full path; <see langword="null"/> when it was found by itself, or is declared in code.</summary>
    public string? DefinedIn { get; init; }

    // A record would print all that it holds.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"{nameof(Path)} = {Path}, {nameof(Database)} = {Database}, {nameof(ConnectionVariable)} = {ConnectionVariable}, {nameof(HistoryTable)} = {HistoryTable}");
        return true;
    }
}
