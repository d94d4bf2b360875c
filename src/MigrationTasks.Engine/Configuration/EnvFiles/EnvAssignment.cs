namespace MigrationTasks.Engine.Configuration.EnvFiles;

/// <summary>How a value is quoted.</summary>
internal enum EnvQuote
{
    None,

    /// <summary>Literal.</summary>
    Single,

    /// <summary>With references and escapes.</summary>
    Double,
}

/// <summary>A variable of a <c>.env</c> file, with its value as it is written.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Line">The line that it starts on, counted from 1.</param>
/// <param name="Quote">How the value is quoted.</param>
/// <param name="Text">The value, without its quotes; <see langword="null"/> when it is malformed.</param>
/// <param name="Problem">What is wrong with it: a sentence that shows nothing of it.</param>
internal sealed record EnvAssignment(string Name, int Line, EnvQuote Quote, string? Text, string? Problem = null)
{
    /// <summary>Not the value: it may be secret.</summary>
    public override string ToString() => $"{Name} on line {Line}";
}
