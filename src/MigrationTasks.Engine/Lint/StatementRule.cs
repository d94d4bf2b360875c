using System.Text.RegularExpressions;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Lint;

/// <summary>Says what may come of a statement.</summary>
/// <param name="statement">Its tokens.</param>
/// <returns>
/// The cause and what to do instead, as a user reads it, and nothing of the statement's text, which may have values of placeholders in it;
/// <see langword="null"/> when there is nothing to warn of.
/// </returns>
public delegate string? StatementCheck(SqlTokens statement);

/// <summary>A rule that an adapter brings for its own database: it looks at each statement by itself.</summary>
public sealed partial class StatementRule
{
    /// <summary>A rule.</summary>
    /// <param name="code">The code of its warnings: capital letters, then digits, such as <c>DUCK001</c>. Those of MigrationTasks begin with <c>MIG</c>.</param>
    /// <param name="check">Finds what it warns of. It is given each statement of each migration that is linted, and must be fit for several threads.</param>
    /// <exception cref="ArgumentException">The code has another form, or begins with <c>MIG</c>.</exception>
    public StatementRule(string code, StatementCheck check)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(check);
        if (!CodeForm().IsMatch(code))
        {
            throw new ArgumentException($"'{code}' is no code for a rule of an adapter. It is capital letters, then digits, such as DUCK001, and does not begin with MIG.", nameof(code));
        }

        Code = code;
        Check = check;
    }

    /// <summary>The code of its warnings.</summary>
    public string Code { get; }

    internal StatementCheck Check { get; }

    [GeneratedRegex("^(?!MIG)[A-Z]+[0-9]+$")]
    private static partial Regex CodeForm();
}
