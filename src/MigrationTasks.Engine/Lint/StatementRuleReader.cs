using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint;

/// <summary>What a rule of an adapter says of a statement.</summary>
/// <param name="Location">Where the statement stands.</param>
/// <param name="Code">The code of the rule.</param>
/// <param name="Message">What a user reads.</param>
internal sealed record Remark(SourceLocation Location, string Code, string Message) : SqlAction(Location);

/// <summary>Has an adapter's own rules look at each statement, too.</summary>
/// <param name="reader">Reads what it does.</param>
/// <param name="rules">The rules.</param>
/// <param name="file">The file's path.</param>
internal sealed class StatementRuleReader(LintReader reader, IReadOnlyList<StatementRule> rules, string file) : LintReader
{
    public override IReadOnlyList<LintIgnore> Ignores => reader.Ignores;

    public override IReadOnlyList<SqlAction> Read(ScriptStatement statement)
    {
        var actions = reader.Read(statement);
        if (statement.Kind == StatementKind.Empty)
        {
            return actions;
        }

        var remarks = from rule in rules
                      let message = rule.Check(statement.ReadTokens())
                      where message is not null
                      select new Remark(new SourceLocation(file, statement.Line, statement.Column), rule.Code, message);
        return [.. actions, .. remarks];
    }
}
