using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.Engine.Configuration;

/// <summary>Where a project says which folders of migrations it has, and which history each of them has.</summary>
public interface IFolderDeclarations
{
    /// <summary>Gives a folder another history table, by writing it down where the project declares the folder; or finds out whether that can be done.</summary>
    /// <param name="folders">All folders of the project: once one is declared, no other is found by itself any more.</param>
    /// <param name="folder">The one that is meant.</param>
    /// <param name="historyTable">The table.</param>
    /// <param name="isTrial">Whether nothing is to be written.</param>
    /// <returns>What was written, or would be.</returns>
    /// <exception cref="MigrationException">MIG1050 when it cannot be written by a program.</exception>
    FolderDeclaration SetHistoryTable(IReadOnlyList<DeclaredFolder> folders, DeclaredFolder folder, HistoryTableName historyTable, bool isTrial);
}

/// <summary>What was written into a project, or would be.</summary>
/// <param name="File">The file, a full path.</param>
/// <param name="Text">The declarations, one a line.</param>
public sealed record FolderDeclaration(string File, string Text);
