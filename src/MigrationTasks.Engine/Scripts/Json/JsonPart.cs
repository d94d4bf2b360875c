namespace MigrationTasks.Engine.Scripts.Json;

/// <summary>A document of a script: the script itself, or an element of its array.</summary>
/// <param name="Text">The document from its brace to its brace, with values in the place of placeholders.</param>
/// <param name="Position">Where it starts in the file.</param>
/// <param name="Substitutions">The placeholders that have their values in it.</param>
/// <param name="IsHeader">Whether its first field is <c>$migration</c>.</param>
internal sealed record JsonPart(string Text, TextPosition Position, Substitution[] Substitutions, bool IsHeader);
