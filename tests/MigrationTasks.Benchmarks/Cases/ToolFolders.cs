using MigrationTasks.Benchmarks.Migrations;
using MigrationTasks.Benchmarks.Tools;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>The same migrations, written for each tool in a folder of its own.</summary>
internal sealed class ToolFolders : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ToolFolders(IEnumerable<Tool> tools, IReadOnlyList<SampleMigration> migrations)
    {
        foreach (var tool in tools.Where(tool => tool.Missing is null))
        {
            tool.Write(Directory.CreateDirectory(Of(tool)).FullName, migrations);
        }
    }

    public string Of(Tool tool) => Path.Combine(_folder.Path, tool.Name);

    public void Dispose() => _folder.Dispose();
}
