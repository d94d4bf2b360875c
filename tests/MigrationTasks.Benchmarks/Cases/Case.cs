using MigrationTasks.Benchmarks.Tools;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>One thing that is measured.</summary>
/// <param name="name">What <c>--case</c> selects it by.</param>
internal abstract class Case(string name)
{
    public string Name { get; } = name;

    /// <summary>All of them, in the order of the report.</summary>
    public static IReadOnlyList<Case> All { get; } =
    [
        new ApplyCase("apply-few", scale => scale.Few),
        new ApplyCase("apply-many", scale => scale.Many),
        new ApplyCase("apply-far", scale => scale.Few, TimeSpan.FromMilliseconds(40)),
        new NothingPendingCase("nothing-many", scale => scale.Many),
        new NothingPendingCase("nothing-very-many", scale => scale.VeryMany),
        new SqliteCase(),
        new MySqlCase("mysql-many", scale => scale.Many),
        new MySqlCase("mysql-far", scale => scale.Few, TimeSpan.FromMilliseconds(40)),
        new BuildCase(),
        new PlanCase(),
        new SplitSpeedCase(),
        new MemoryCase(),
    ];

    public abstract Task RunAsync(Workbench bench);
}

/// <summary>What cases work with.</summary>
/// <param name="Server">The server that all tools of a run are measured on.</param>
/// <param name="Scale">How much is measured.</param>
/// <param name="Tools">The names of the tools that take part; all when there is none.</param>
/// <param name="Report">Where results go.</param>
internal sealed record Workbench(PostgreSqlServer Server, Scale Scale, IReadOnlyList<string> Tools, Report Report)
{
    public IReadOnlyList<Tool> PostgreSqlTools => Select(Toolbox.PostgreSql);

    public IReadOnlyList<Tool> SqliteTools => Select(Toolbox.Sqlite);

    public IReadOnlyList<Tool> MySqlTools => Select(Toolbox.MySql);

    private List<Tool> Select(IReadOnlyList<Tool> tools) => [.. tools.Where((tool, index) => index == 0 || Tools.Count == 0 || Tools.Contains(tool.Name))];
}
