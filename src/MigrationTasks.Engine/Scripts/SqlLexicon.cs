namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// What characters mean in a dialect of SQL, as a table. Every dialect starts from the same one: letters, digits, white
/// space, <c>'string'</c>, <c>"name"</c>, <c>-- comment</c>, <c>/* comment */</c> and <c>;</c>.
/// </summary>
public sealed class SqlLexicon
{
    private readonly CharacterRole[] _roles = new CharacterRole[128];

    /// <summary>Creates a table.</summary>
    /// <param name="differences">Where the dialect differs from the common table; ASCII characters only.</param>
    public SqlLexicon(params ReadOnlySpan<(char Character, CharacterRole Role)> differences)
    {
        for (var character = '\0'; character < _roles.Length; character++)
        {
            _roles[character] = CommonRole(character);
        }

        foreach (var (character, role) in differences)
        {
            _roles[character] = role;
        }
    }

    /// <summary>Whether a <c>/*</c> inside a comment needs a <c>*/</c> of its own.</summary>
    public bool CommentsNest { get; init; }

    /// <summary>Whether a lone CR ends a <c>--</c> comment, as LF always does.</summary>
    public bool CarriageReturnEndsComment { get; init; }

    /// <summary>Whether a comment that starts with <c>/*+</c> tells the optimizer something.</summary>
    public bool HasHints { get; init; }

    /// <summary>What a character does where a token may start.</summary>
    /// <param name="character">The character.</param>
    public CharacterRole RoleOf(char character)
    {
        var roles = _roles;
        return character < roles.Length ? roles[character] : CharacterRole.Word;
    }

    private static CharacterRole CommonRole(char character) => character switch
    {
        >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' => CharacterRole.Word,
        >= '0' and <= '9' => CharacterRole.Digit,
        ' ' or >= '\t' and <= '\r' => CharacterRole.Space,
        '-' => CharacterRole.Dash,
        '/' => CharacterRole.Slash,
        '\'' => CharacterRole.StringQuote,
        '"' => CharacterRole.NameQuote,
        ';' => CharacterRole.Semicolon,
        _ => CharacterRole.Symbol,
    };
}
