using System.Diagnostics;
using MigrationTasks.Benchmarks.Migrations;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>
/// A migration tool as its users run it: a process of its own that is started, brings a database up to date and ends. What is
/// measured is all of that, for every tool.
/// </summary>
/// <param name="name">What it is called in the table.</param>
internal abstract class Tool(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether it is an adversary; the other ones only show what the database itself costs.</summary>
    public virtual bool IsPeer => true;

    /// <summary>Why it cannot be measured here; <see langword="null"/> when it can.</summary>
    public virtual string? Missing => null;

    /// <summary>Writes migrations the way the tool wants them.</summary>
    /// <param name="folder">An empty folder of the tool's own.</param>
    /// <param name="migrations">What to write.</param>
    public abstract void Write(string folder, IReadOnlyList<SampleMigration> migrations);

    /// <summary>The command that applies what is pending.</summary>
    /// <param name="folder">The folder that was written.</param>
    /// <param name="database">The database.</param>
    public abstract ProcessStartInfo Migrate(string folder, Database database);

    /// <summary>The command when all migrations are applied: the same one, for a tool that knows.</summary>
    /// <param name="folder">The folder that was written.</param>
    /// <param name="database">The database.</param>
    public virtual ProcessStartInfo FindNothing(string folder, Database database) => Migrate(folder, database);

    /// <summary>The same tool inside a program that runs for a while already; <see langword="null"/> for one that always starts.</summary>
    public virtual RunningTool? Running => null;

    protected static void WriteFiles(string folder, IEnumerable<(string Name, string Text)> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}
