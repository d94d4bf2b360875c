using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// What stands for <c>${name}</c> in a script, wherever it is written: in names, strings, bodies and comments alike. What is
/// not defined stays as it is. Names know no case; values are text as it is, and are never shown.
/// </summary>
public sealed partial class Placeholders
{
    internal const string Opening = "${";
    internal const char Closing = '}';

    /// <summary>No placeholders: every script runs as written.</summary>
    public static readonly Placeholders None = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));

    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _values;

    private Placeholders(Dictionary<string, string> values)
    {
        _values = values.GetAlternateLookup<ReadOnlySpan<char>>();
        IsEmpty = values.Count == 0;
        Fingerprint = IsEmpty ? "" : FingerprintOf(values);
        LongestWritten = values.Keys.Select(LengthOf).DefaultIfEmpty().Max();
        HasLineBreaks = values.Values.Any(IsMultiline);
    }

    /// <summary>Whether none is defined.</summary>
    public bool IsEmpty { get; }

    /// <summary>The same for the same names and values, which it does not tell.</summary>
    internal string Fingerprint { get; }

    /// <summary>How many characters the longest of them takes in a script.</summary>
    internal int LongestWritten { get; }

    /// <summary>Whether a value has more than one line.</summary>
    internal bool HasLineBreaks { get; }

    /// <summary>Defines placeholders.</summary>
    /// <param name="definitions">Their names and values.</param>
    /// <exception cref="MigrationException">MIG1017 for a name that is given twice, MIG1018 for one that cannot be a name; all of them at once.</exception>
    public static Placeholders Create(IEnumerable<KeyValuePair<string, string>> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var problems = new List<Diagnostic>();
        foreach (var (name, value) in definitions)
        {
            if (!Name().IsMatch(name))
            {
                problems.Add(Errors.PlaceholderName(name));
            }
            else if (!values.TryAdd(name, value))
            {
                problems.Add(Errors.PlaceholderTwice(name));
            }
        }

        return problems.Count == 0 ? new Placeholders(values) : throw new MigrationException([.. problems.Distinct()]);
    }

    private static string FingerprintOf(Dictionary<string, string> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in values.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name.ToUpperInvariant()}\0{value}\0"));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Puts the values in their places.</summary>
    /// <param name="text">A script, or a part of one.</param>
    public string Replace(string text)
    {
        using var reader = Substitute(new StringReader(text), []);
        return reader.ReadToEnd();
    }

    /// <summary>Puts the placeholders back where their values are, so that a text can be shown.</summary>
    /// <param name="text">A script in which values stand.</param>
    internal string Hide(string text) => _values.Dictionary
        .Where(value => value.Value.Length > 0)
        .OrderByDescending(value => value.Value.Length)
        .Aggregate(text, (shown, value) => shown.Replace(value.Value, $"{Opening}{value.Key}{Closing}", StringComparison.Ordinal));

    /// <summary>The same placeholders, with their values written in another way.</summary>
    /// <param name="encode">Writes a value.</param>
    internal Placeholders Encode(Func<string, string> encode) => IsEmpty
        ? this
        : new Placeholders(_values.Dictionary.ToDictionary(value => value.Key, value => encode(value.Value), StringComparer.OrdinalIgnoreCase));

    /// <summary>Finds what is written like a placeholder but is not defined, and so stays as it is.</summary>
    /// <param name="text">The script; the caller disposes it.</param>
    /// <param name="file">The file's path.</param>
    /// <returns>Names as written, with their places, in the order of the file.</returns>
    public IEnumerable<(string Name, SourceLocation Location)> FindUndefined(TextReader text, string? file)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            var position = TextPosition.Start;
            foreach (var match in Written().Matches(line).Where(match => !_values.ContainsKey(match.Groups["name"].Value)))
            {
                position = position.Advance(line.AsSpan((int)position.Offset..match.Index));
                yield return (match.Groups["name"].Value, new SourceLocation(file, number, position.Column));
            }
        }
    }

    /// <summary>Puts the values in their places while a script is read.</summary>
    /// <param name="text">The script.</param>
    /// <param name="substitutions">Is given every substitution, in the order of the file, by the time its value is read.</param>
    /// <returns>The script to read in its stead: itself, when no placeholder is defined.</returns>
    internal TextReader Substitute(TextReader text, List<Substitution> substitutions) =>
        IsEmpty ? text : new SubstitutingReader(text, this, substitutions);

    /// <summary>How many characters a placeholder takes in a script.</summary>
    internal static int LengthOf(string name) => Opening.Length + name.Length + 1;

    internal static bool IsMultiline(string value) => value.AsSpan().ContainsAny('\n', '\r');

    /// <summary>Reads the placeholder that a text starts with.</summary>
    /// <param name="text">The text, from <c>${</c> on; at least <see cref="LongestWritten"/> characters, where there are as many.</param>
    /// <param name="name">Its name as written.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether there is one that is defined.</returns>
    internal bool TryRead(ReadOnlySpan<char> text, out ReadOnlySpan<char> name, out string value)
    {
        name = text[Opening.Length..Math.Min(text.Length, LongestWritten)];
        name = name[..Math.Max(0, name.IndexOf(Closing))];
        return _values.TryGetValue(name, out value!);
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\}")]
    private static partial Regex Written();
}
