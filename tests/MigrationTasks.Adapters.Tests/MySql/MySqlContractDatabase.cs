using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;
using MySqlConnector;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>A database of its own on a server that the tests share.</summary>
/// <param name="database">The database.</param>
/// <param name="connection">What to connect with, if not the database's own URL.</param>
public sealed class MySqlContractDatabase(MySqlDatabase database, string? connection = null) : SqlContractDatabase
{
    private const string AnsiQuotes = "SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES');";

    public override string Connection => connection ?? database.Url;

    /// <summary>Connects past the adapter, as an application would.</summary>
    public Task<MySqlConnection> OpenAsync() => database.OpenAsync();

    // The contract quotes names as the standard does.
    public override Task ExecuteAsync(string script) => database.ExecuteAsync(AnsiQuotes + script);

    public override async Task<IReadOnlyList<string>> QueryAsync(string sql) =>
        [.. (await database.RowsAsync(AnsiQuotes + sql)).Select(row => string.Join('|', row.Split('|').Select(value => value == "NULL" ? "" : value)))];

    public override (int ExitCode, string Output) RunScript(string file) => RunScriptWith(file, "--comments");

    /// <summary>Runs a script with options of the test's choice.</summary>
    public (int ExitCode, string Output) RunScriptWith(string file, params IEnumerable<string> options) => Require.Server(() => database.RunScript(file, options));

    public override string Dump() => Require.Server(() => database.Dump("--compact"));

    public override ValueTask DisposeAsync() => database.DisposeAsync();
}
