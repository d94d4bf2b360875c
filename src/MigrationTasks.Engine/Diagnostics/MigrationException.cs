namespace MigrationTasks.Engine.Diagnostics;

/// <summary>
/// The one exception that the engine and its adapters throw for a user's mistake or a database's refusal: it carries
/// what to print, so that nobody has to print a stack trace.
/// </summary>
public sealed class MigrationException : Exception
{
    /// <summary>Creates the exception for one problem.</summary>
    /// <param name="diagnostic">The problem.</param>
    /// <param name="innerException">What the driver or the system threw, if anything.</param>
    public MigrationException(Diagnostic diagnostic, Exception? innerException = null)
        : base(diagnostic?.Message, innerException)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        Diagnostics = [diagnostic];
    }

    /// <summary>Creates the exception for several problems that were found together.</summary>
    /// <param name="diagnostics">The problems, at least one.</param>
    public MigrationException(IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics.Select(problem => problem.ToString())))
    {
        ArgumentOutOfRangeException.ThrowIfZero(diagnostics.Count);
        Diagnostics = diagnostics;
    }

    /// <summary>What to print: at least one problem.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The code of the first problem, such as <c>MIG4005</c>.</summary>
    public string Code => Diagnostics[0].Code;
}
