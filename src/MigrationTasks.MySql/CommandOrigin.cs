using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.MySql;

/// <summary>What a command is for.</summary>
internal enum CommandPurpose
{
    /// <summary>Makes a script this runner's.</summary>
    Claim,

    /// <summary>A statement of a script.</summary>
    Statement,

    /// <summary>Begins a transaction, or writes down how far a script got.</summary>
    Record,

    /// <summary>Commits.</summary>
    Commit,
}

/// <summary>Where a command comes from.</summary>
/// <param name="Script">The script that it belongs to.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Statement">The statement of the script that it is or belongs to.</param>
internal sealed record CommandOrigin(MigrationScript Script, CommandPurpose Purpose, ScriptStatement? Statement = null);

/// <summary>The server's refusal of one command among several.</summary>
/// <param name="origin">Where the command comes from.</param>
/// <param name="refusal">What the server said.</param>
internal sealed class CommandFailure(CommandOrigin origin, MySqlConnector.MySqlException refusal) : Exception(refusal.Message, refusal)
{
    public CommandOrigin Origin => origin;

    public MySqlConnector.MySqlException Refusal => refusal;
}
