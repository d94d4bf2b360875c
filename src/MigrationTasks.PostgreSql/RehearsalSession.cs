using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Runs scripts in the transaction of a dry run.</summary>
internal sealed class RehearsalSession(PostgreSqlConnections connections, PostgreSqlConfig config, PostgreSqlHistory history, IRunObserver observer)
    : PostgreSqlScriptSession(connections, config, history, observer)
{
    private const string EnumValueNotCommitted = "55P04";

    /// <summary>The process of the server that has the transaction.</summary>
    public int Backend { get; set; }

    public override int ServerSession => Backend;

    protected override PostgreSqlCommands Commands => field ??= new SavepointCommands(Config, History);

    protected override bool IsRehearsal => true;

    public override async Task<string> RollBackAsync(ScriptUnit? unit, string consequence)
    {
        await RunMutedAsync([SavepointCommands.Undo, .. SessionState.Reset], CancellationToken.None).ConfigureAwait(false);
        return consequence;
    }

    // What only fails because all migrations share a transaction here.
    public override string? ReasonNotTried(DatabaseFailure failure) => failure.Cause switch
    {
        PostgresException { SqlState: EnumValueNotCommitted } refusal when failure.Command is { } command && !AddsEnumValue(command.Unit.Script) =>
            $"it needs an enum value that an earlier migration has committed by then, which a dry run does not ({refusal.MessageText})",
        PostgresException { SqlState: PostgresErrorCodes.OutOfMemory } refusal when refusal.Hint?.Contains("max_locks_per_transaction", StringComparison.Ordinal) == true =>
            "all that was tried in one transaction holds more locks than the server has room for (max_locks_per_transaction)",
        _ => null,
    };

    private static bool AddsEnumValue(MigrationScript script) =>
        script.ReadStatements().Any(statement => statement.Summary.StartsWith("ALTER TYPE", StringComparison.Ordinal) && statement.Text.Contains("VALUE", StringComparison.OrdinalIgnoreCase));
}
