namespace MigrationTasks.Engine.Configuration.EnvFiles;

/// <summary>A piece of a value: text, or a reference to a variable.</summary>
/// <param name="Text">The text, or the variable's name.</param>
/// <param name="Reference">What to do about the variable; <see langword="null"/> for text.</param>
internal sealed record EnvPart(string Text, EnvReference? Reference = null)
{
    /// <summary>Not the text: it may be secret.</summary>
    public override string ToString() => Reference is null ? "text" : "reference";
}

/// <summary>A reference such as <c>${NAME:-else}</c>.</summary>
/// <param name="Offset">Where it starts in the value.</param>
/// <param name="IsBraced">Whether it stands in braces. Without, it may be a piece of a password, and its name is not shown.</param>
/// <param name="Operator">What follows the name: <c>-</c> for a default, <c>+</c> for an alternative, <c>?</c> for one that is required, NUL for nothing.</param>
/// <param name="EmptyIsUnset">Whether a variable that is set to nothing counts as not set (<c>:-</c>).</param>
/// <param name="Word">What follows the operator.</param>
internal sealed record EnvReference(int Offset, bool IsBraced, char Operator, bool EmptyIsUnset, IReadOnlyList<EnvPart> Word);
