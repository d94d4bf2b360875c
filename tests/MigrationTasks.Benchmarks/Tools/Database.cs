namespace MigrationTasks.Benchmarks.Tools;

/// <summary>The database that a tool is let loose on, in the forms that tools want.</summary>
/// <param name="Url"><c>postgres://user:password@host:port/name</c> with its settings, the same of <c>mysql</c> without any, or <c>sqlite:path</c>.</param>
/// <param name="ConnectionString">The keywords of the .NET driver.</param>
internal sealed record Database(string Url, string ConnectionString);
