using MigrationTasks.Benchmarks.Hosts;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>DbUp on MySQL, where its package for that can be had.</summary>
internal sealed class DbUpMySqlTool() : HostedTool("DbUp", DbUpHost.MySql)
{
    public override string? Missing => File.Exists(DbUpHost.MySqlAssembly) ? null : "its package cannot be had";
}
