using System.Text.RegularExpressions;
using MigrationTasks.Adapters.Tests.MySql;
using MigrationTasks.Engine.Databases;
using MigrationTasks.MySql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>
/// Operations as the server logs them: what it is asked to do, not how that ended. Each <c>&gt;</c> is a round trip, in which
/// what is behind each <c>+</c> travels along.
/// </summary>
[TestClass]
public sealed partial class MySqlOperations : OperationsContract
{
    // Whose statements are read.
    private const string User = "recorded";

    private static MySqlServer? _own;

    protected override AdapterDefinition Definition { get; } = new MySqlDefinition();

    protected override string FileName => "mysql.txt";

    protected override string OutsideOnly => "CREATE INDEX a_id ON a (id)";

    protected override string BuildIndex => "CREATE UNIQUE INDEX";

    protected override string BuildOtherIndex => OutsideOnly;

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (_own is { } server)
        {
            await server.DisposeAsync();
        }
    }

    private protected override async Task<RecordedDatabase> CreateDatabaseAsync()
    {
        if (_own is null)
        {
            _own = await Require.ServerAsync(() => MySqlServer.StartLocalAsync(new Dictionary<string, string> { ["log-output"] = "TABLE", ["general-log"] = "1" }));
            await _own.ExecuteAsync($"CREATE USER {User} IDENTIFIED BY '{_own.Password}'; GRANT ALL ON *.* TO {User}");
        }

        return new LoggedDatabase(_own, await _own.CreateDatabaseAsync());
    }

    private sealed partial class LoggedDatabase(MySqlServer server, MySqlDatabase database) : RecordedDatabase(new MySqlContractDatabase(database))
    {
        // Only of a server that talks otherwise by itself.
        private const string OfTheDriver = "SET NAMES utf8mb4";

        public override string RecordedConnection { get; } = database.Url.Replace($"//{server.UserName}:", $"//{User}:", StringComparison.Ordinal);

        public override void StartRecording() => server.ExecuteAsync("TRUNCATE mysql.general_log").GetAwaiter().GetResult();

        public override IReadOnlyList<string> StopRecording()
        {
            var rows = database.RowsAsync($"SELECT thread_id, command_type, argument FROM mysql.general_log WHERE (user_host LIKE '{User}[%' AND command_type <> 'Quit') OR (command_type = 'Connect' AND argument LIKE '{User}@%') ORDER BY event_time").GetAwaiter().GetResult();
            var sessions = new List<string>();
            var operations = new List<string>();
            foreach (var row in rows.Select(row => row.Split('|', 3)))
            {
                if (!sessions.Contains(row[0]))
                {
                    sessions.Add(row[0]);
                }

                if (row[1] != "Connect" && row[2] != OfTheDriver)
                {
                    operations.AddRange(Statements(row[1] == "Query" ? row[2] : row[1]).Select((statement, i) => $"{sessions.IndexOf(row[0]) + 1}{(i == 0 ? ">" : "+")} {statement}"));
                }
            }

            return operations;
        }

        // What travels together is one text. The queries that tell how far it got are behind everything in it.
        private IEnumerable<string> Statements(string text) =>
            text.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(statement => statement != "SHOW WARNINGS" && !Marker().IsMatch(statement)).Select(Normalize);

        private string Normalize(string text)
        {
            var line = Space().Replace(text, " ").Trim();
            line = line.Replace(database.Name, "<database>", StringComparison.Ordinal);
            line = Checksum().Replace(line, "sha256:<checksum>");
            line = Time().Replace(line, "'<time>'");
            return Lock().Replace(line, "MigrationTasks:<history>");
        }

        [GeneratedRegex(@"\s+")]
        private static partial Regex Space();

        [GeneratedRegex("^SELECT 0 AS migration_tasks_[0-9a-f]{32}$")]
        private static partial Regex Marker();

        [GeneratedRegex("sha256:[0-9a-f]{64}")]
        private static partial Regex Checksum();

        [GeneratedRegex(@"'\d{4}-\d\d-\d\d [\d:.]+'")]
        private static partial Regex Time();

        [GeneratedRegex("MigrationTasks:[0-9a-f]{40}")]
        private static partial Regex Lock();
    }
}
