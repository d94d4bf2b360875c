namespace MigrationTasks.Engine.Scripts;

/// <summary>Follows a script whose statements may change how the server reads those behind them.</summary>
public abstract class DialectTracker
{
    /// <summary>Takes in a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>What is written behind it.</returns>
    public abstract SqlDialect Pass(ScriptStatement statement);
}
