using System.Buffers;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// What characters mean in a dialect of SQL, as a table. Every dialect starts from the same one: letters, digits, white
/// space, <c>'string'</c>, <c>"name"</c>, <c>-- comment</c>, <c>/* comment */</c> and <c>;</c>.
/// </summary>
public sealed class SqlLexicon
{
    private readonly CharacterRole[] _roles = new CharacterRole[128];
    private readonly CharacterRole _roleBeyond = CharacterRole.Word;

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

        Marks = MarksOf(_roles);
    }

    private SqlLexicon(SqlLexicon other, string delimiter)
    {
        other._roles.CopyTo(_roles, 0);
        foreach (var character in ";()")
        {
            _roles[character] = CharacterRole.Symbol;
        }

        CommentsNest = other.CommentsNest;
        CarriageReturnEndsComment = other.CarriageReturnEndsComment;
        HasHints = other.HasHints;
        HasVersionComments = other.HasVersionComments;
        DashesNeedSpace = other.DashesNeedSpace;
        Delimiter = delimiter;
        DelimiterRole = RoleOf(delimiter[0]);
        if (delimiter[0] < _roles.Length)
        {
            _roles[delimiter[0]] = CharacterRole.Delimiter;
        }
        else
        {
            _roleBeyond = CharacterRole.Delimiter;
        }

        Marks = MarksOf(_roles, delimiter[0]);
    }

    /// <summary>Whether a <c>/*</c> inside a comment needs a <c>*/</c> of its own.</summary>
    public bool CommentsNest { get; init; }

    /// <summary>Whether a lone CR ends a <c>--</c> comment, as LF always does.</summary>
    public bool CarriageReturnEndsComment { get; init; }

    /// <summary>Whether a comment that starts with <c>/*+</c> tells the optimizer something.</summary>
    public bool HasHints { get; init; }

    /// <summary>Whether <c>/*! … */</c> and <c>/*M! … */</c>, with or without a version, are code to a server that is as new.</summary>
    public bool HasVersionComments { get; init; }

    /// <summary>Whether <c>--</c> inside a statement starts a comment before white space, a control character or the end only.</summary>
    public bool DashesNeedSpace { get; init; }

    /// <summary>What ends a statement in the place of a semicolon, which is a symbol then.</summary>
    internal string Delimiter { get; } = "";

    /// <summary>What the first character of <see cref="Delimiter"/> does where the rest of it does not follow.</summary>
    internal CharacterRole DelimiterRole { get; }

    /// <summary>The same table, with another end of statements; parentheses do not matter then.</summary>
    /// <param name="delimiter">What ends a statement.</param>
    internal SqlLexicon With(string delimiter) => new(this, delimiter);

    /// <summary>What a character does where a token may start.</summary>
    /// <param name="character">The character.</param>
    public CharacterRole RoleOf(char character)
    {
        var roles = _roles;
        return character < roles.Length ? roles[character] : _roleBeyond;
    }

    /// <summary>The characters that may be more than a part of a word, a number or a symbol.</summary>
    internal SearchValues<char> Marks { get; }

    private static SearchValues<char> MarksOf(CharacterRole[] roles, params ReadOnlySpan<char> more) => SearchValues.Create(
        [.. Enumerable.Range(0, roles.Length).Where(i => roles[i] is CharacterRole.DollarQuote or (> CharacterRole.Space and < CharacterRole.Symbol)).Select(i => (char)i), .. more]);

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
