using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Configuration;

/// <summary>
/// What is asked of a command, by the names of the package's properties. All of it is text, so that a wrong value is an error that names
/// the property and says what it may be.
/// </summary>
internal sealed partial class OptionValues
{
    // Timers take no more milliseconds than fit in an Int32.
    private const int MaximumSeconds = int.MaxValue / 1000;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="values">The properties that are for the command; what is empty is not asked for.</param>
    /// <exception cref="MigrationException">MIG1054 for a value that is a connection: what follows would show it.</exception>
    public OptionValues(IEnumerable<KeyValuePair<string, string>> values)
    {
        foreach (var (property, value) in values)
        {
            if (value.Trim() is { Length: > 0 } text)
            {
                _values[property] = property.StartsWith("Migrate", StringComparison.OrdinalIgnoreCase) && IsConnection(text) ? throw Errors.ConnectionAsValue(property) : text;
            }
        }
    }

    /// <summary>The codes of warnings in a list, separated by semicolons, commas or white space.</summary>
    public static HashSet<string> Codes(string? list) =>
        new((list ?? "").Split([';', ',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text is a connection with a password, which nothing may show.</summary>
    public static bool IsConnection(string text) => Connection().IsMatch(text);

    public string? Text(string property) => _values.GetValueOrDefault(property);

    public IReadOnlyList<string> List(string property, params char[] separators) => (Text(property) ?? "").Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public bool Flag(string property) => Read(property, (string text, out bool flag) => bool.TryParse(text, out flag), false, "true or false", "true", "false");

    public TChoice Choice<TChoice>(string property, TChoice usual)
        where TChoice : struct, Enum
    {
        var names = Enum.GetNames<TChoice>();
        // Numbers are none of its names.
        return Read(
            property,
            (string text, out TChoice choice) => Enum.TryParse(text, ignoreCase: true, out choice) && names.Contains(text, StringComparer.OrdinalIgnoreCase),
            usual,
            $"{string.Join(", ", names[..^1])} or {names[^1]}",
            names);
    }

    public MigrationVersion? Version(string property) => Read<MigrationVersion?>(
        property,
        (string text, out MigrationVersion? version) => (version = MigrationVersion.TryParse(text, out var parsed) ? parsed : null) is not null,
        null,
        "the version of a migration, such as 003");

    public TimeSpan Seconds(string property, TimeSpan usual) =>
        TimeSpan.FromSeconds(Number(property, (int)usual.TotalSeconds, 0, MaximumSeconds, $"a whole number of seconds, from 0 to {MaximumSeconds}"));

    public int Number(string property, int usual, int minimum, int maximum, string expected) => Read(
        property,
        (string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= minimum && number <= maximum,
        usual,
        expected);

    [GeneratedRegex(@"://\S*@|\b(?:password|pwd)\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Connection();

    private delegate bool Parser<TValue>(string text, out TValue value);

    private TValue Read<TValue>(string property, Parser<TValue> parse, TValue usual, string expected, params string[] names) => Text(property) switch
    {
        null => usual,
        var text when parse(text, out var value) => value,
        var text => throw Errors.InvalidOption(property, text, expected, names),
    };
}
