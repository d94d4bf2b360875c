using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

/// <summary>Stands for the project's file: what is declared there is the project's history table from then on.</summary>
/// <param name="project">The project.</param>
internal sealed class DeclaredHistory(MigrationProject project) : IFolderDeclarations
{
    public FolderDeclaration SetHistoryTable(IReadOnlyList<DeclaredFolder> folders, DeclaredFolder folder, HistoryTableName historyTable, bool isTrial)
    {
        project.HistoryTable = isTrial ? project.HistoryTable : historyTable.ToString();
        return new FolderDeclaration("Shop.csproj", historyTable.ToString());
    }
}
