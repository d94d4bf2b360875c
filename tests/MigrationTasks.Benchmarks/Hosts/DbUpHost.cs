using System.Reflection;
using DbUp;
using DbUp.Builder;

namespace MigrationTasks.Benchmarks.Hosts;

/// <summary>DbUp, with a transaction for each script: without, a script that fails leaves half of itself behind.</summary>
internal static class DbUpHost
{
    public const string PostgreSql = "dbup-postgresql";
    public const string Sqlite = "dbup-sqlite";
    public const string MySql = "dbup-mysql";

    /// <summary>Where the benchmark's script puts DbUp's support of MySQL, when it can be had.</summary>
    public static string MySqlAssembly => Path.Combine(Environment.GetEnvironmentVariable("BENCHMARK_PEERS") ?? "", "dbup-mysql", "dbup-mysql.dll");

    public static int RunPostgreSql(string folder, string connection) => Run(DeployChanges.To.PostgresqlDatabase(connection), folder);

    public static int RunSqlite(string folder, string connection) => Run(DeployChanges.To.SqliteDatabase(connection), folder);

    // DeployChanges.To.MySqlDatabase(connection)
    public static int RunMySql(string folder, string connection) => Run(
        (UpgradeEngineBuilder)Assembly.LoadFrom(MySqlAssembly).GetType("MySqlExtensions")!.GetMethod("MySqlDatabase", [typeof(SupportedDatabases), typeof(string)])!.Invoke(null, [DeployChanges.To, connection])!,
        folder);

    private static int Run(UpgradeEngineBuilder builder, string folder)
    {
        var result = builder.WithScriptsFromFileSystem(folder).WithTransactionPerScript().LogToNowhere().Build().PerformUpgrade();
        if (!result.Successful)
        {
            Console.Error.WriteLine(result.Error.Message);
        }

        return result.Successful ? 0 : 1;
    }
}
