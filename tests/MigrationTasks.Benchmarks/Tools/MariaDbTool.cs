using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Benchmarks.Migrations;
using MySqlConnector;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>
/// The floor of MariaDB: its own client runs one script with the same statements, and a history row after each migration. Nothing
/// says where it stopped when one of them fails.
/// </summary>
internal sealed class MariaDbTool() : Tool("mariadb client")
{
    private const string Script = "all.sql";

    public override bool IsPeer => false;

    public override string? Missing => Program.Find("mariadb") is null ? "the client of MariaDB is not installed" : null;

    public override void Write(string folder, IReadOnlyList<SampleMigration> migrations) => WriteFiles(folder,
        [(Script, "CREATE TABLE schema_migrations (migration_name varchar(255) PRIMARY KEY, executed_at datetime);\n" + string.Concat(migrations.Select(Recorded)))]);

    public override ProcessStartInfo Migrate(string folder, Database database)
    {
        var server = new MySqlConnectionStringBuilder(database.ConnectionString);
        var port = server.Port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("mariadb", ["--no-defaults", "--protocol=TCP", "-h", server.Server, "-P", port, "-u", server.UserID, "-e", $"source {Path.Combine(folder, Script)}", server.Database]);
        start.Environment["MYSQL_PWD"] = server.Password;
        return start;
    }

    private static string Recorded(SampleMigration migration) => $"{migration.Sql}INSERT INTO schema_migrations VALUES ('{migration.Name}', now());\n";
}
