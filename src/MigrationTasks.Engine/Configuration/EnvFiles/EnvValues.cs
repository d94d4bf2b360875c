using System.Text;
using DotNetEnv;
using MigrationTasks.Engine.Diagnostics;
using Sprache;

namespace MigrationTasks.Engine.Configuration.EnvFiles;

/// <summary>
/// The values of a <c>.env</c> file. References are resolved by the environment, else by the lines above, as Docker Compose does; only
/// what is asked for is looked at, so that a line that nobody needs is no obstacle.
/// </summary>
internal sealed class EnvValues
{
    // What doubles from line to line would fill the memory.
    private const int MaximumLength = 65_536;

    private readonly string _path;
    private readonly IReadOnlyList<EnvAssignment> _variables;
    private readonly Func<string, string?> _environment;
    // Where each name is set, from the top to the bottom.
    private readonly Dictionary<string, List<int>> _places = new(StringComparer.Ordinal);
    private readonly string?[] _values;
    private readonly MigrationException?[] _failures;

    /// <param name="path">The file's full path, for the place of a problem.</param>
    /// <param name="text">What is in the file.</param>
    /// <param name="environment">How a variable of the environment is read.</param>
    public EnvValues(string path, string text, Func<string, string?> environment)
    {
        (_path, _environment) = (path, environment);
        var reader = EnvReader.Read(text);
        (_variables, MalformedLine) = (reader.Variables, reader.MalformedLine);
        (_values, _failures) = (new string?[_variables.Count], new MigrationException?[_variables.Count]);
        for (var i = 0; i < _variables.Count; i++)
        {
            if (!_places.TryGetValue(_variables[i].Name, out var places))
            {
                _places[_variables[i].Name] = places = [];
            }

            places.Add(i);
        }
    }

    /// <summary>The names of the variables.</summary>
    public IEnumerable<string> Names => _places.Keys;

    /// <summary>The first line that is malformed and has no name; 0 when there is none.</summary>
    public int MalformedLine { get; }

    /// <summary>The value of a variable; <see langword="null"/> when the file does not have it.</summary>
    /// <exception cref="MigrationException">MIG1009 when its line, or one that it refers to, is malformed; MIG1036 when it refers to a variable that is set nowhere.</exception>
    public string? Find(string name)
    {
        if (!_places.TryGetValue(name, out var places))
        {
            return null;
        }

        // References lead upward: first what is needed, from the bottom, then the values, from the top.
        var wanted = places[^1];
        var needed = new SortedDictionary<int, IReadOnlyList<EnvPart>>();
        var toRead = new Stack<int>([wanted]);
        while (toRead.TryPop(out var i))
        {
            if (_values[i] is null && _failures[i] is null && !needed.ContainsKey(i))
            {
                needed[i] = Attempt(i, () => Parse(_variables[i])) ?? [];
                foreach (var above in References(needed[i]).Select(reference => Above(reference, i)).Where(above => above >= 0))
                {
                    toRead.Push(above);
                }
            }
        }

        foreach (var (i, parts) in needed)
        {
            _values[i] = _failures[i] is null ? Attempt(i, () => Evaluate(_variables[i], parts, i)) : null;
        }

        return _failures[wanted] is { } failure ? throw failure : _values[wanted];
    }

    // What is wrong with a value concerns those who need it.
    private T? Attempt<T>(int variable, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (MigrationException exception)
        {
            _failures[variable] = exception;
            return null;
        }
    }

    private IReadOnlyList<EnvPart> Parse(EnvAssignment variable)
    {
        if (variable.Text is not { } text)
        {
            throw Errors.EnvFileMalformed(new SourceLocation(_path, variable.Line), variable.Problem!);
        }

        if (variable.Quote == EnvQuote.Single)
        {
            return [new EnvPart(text)];
        }

        return EnvValueParser.Parse(text, out var parts) is >= 0 and var malformed
            ? throw Errors.EnvFileMalformed(PlaceIn(variable, malformed), $"The value of {variable.Name} contains ${{ that is not a reference: ${{NAME}}, ${{NAME:-else}}, ${{NAME:?}} or ${{NAME:+other}}.")
            : parts;
    }

    private static IEnumerable<string> References(IReadOnlyList<EnvPart> parts) =>
        parts.Where(part => part.Reference is not null).SelectMany(part => References(part.Reference!.Word).Prepend(part.Text));

    // The last of that name that stands above a line; the environment goes first.
    private int Above(string name, int line)
    {
        if (!string.IsNullOrWhiteSpace(_environment(name)))
        {
            return -1;
        }

        if (!_places.TryGetValue(name, out var places))
        {
            return -1;
        }

        var next = places.BinarySearch(line);
        next = next < 0 ? ~next : next;
        return next > 0 ? places[next - 1] : -1;
    }

    private string Evaluate(EnvAssignment variable, IReadOnlyList<EnvPart> parts, int line)
    {
        var value = new StringBuilder();
        Append(value, variable, parts, line);
        return value.ToString();
    }

    private void Append(StringBuilder value, EnvAssignment variable, IReadOnlyList<EnvPart> parts, int line)
    {
        foreach (var part in parts)
        {
            if (part.Reference is null)
            {
                value.Append(variable.Quote == EnvQuote.Double ? Unescape(part.Text, variable) : part.Text);
            }
            else
            {
                AppendReference(value, variable, part.Text, part.Reference, line);
            }

            if (value.Length > MaximumLength)
            {
                throw Errors.EnvFileMalformed(new SourceLocation(_path, variable.Line), $"The value of {variable.Name} is longer than {MaximumLength} characters.");
            }
        }
    }

    private void AppendReference(StringBuilder value, EnvAssignment variable, string name, EnvReference reference, int line)
    {
        var found = Above(name, line) is >= 0 and var above ? _failures[above] is { } failure ? throw failure : _values[above] : _environment(name);
        var isSet = found is not null && (!reference.EmptyIsUnset || found.Length > 0);
        switch (reference.Operator)
        {
            case '+' when isSet:
            case '-' when !isSet:
                Append(value, variable, reference.Word, line);
                break;
            case '+':
                break;
            default:
                value.Append(isSet ? found : throw Errors.EnvReferenceUnknown(PlaceIn(variable, reference.Offset), variable.Name, reference.IsBraced ? name : null, isBelow: _places.ContainsKey(name)));
                break;
        }
    }

    // The escapes of double quotes are DotNetEnv's: it reads what is left when the references are out.
    private string Unescape(string text, EnvAssignment variable)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        try
        {
            return Env.LoadContents($"V=\"{text.Replace("$", "\\$", StringComparison.Ordinal)}\"", Env.NoEnvVars()).Single().Value;
        }
        catch (Exception exception) when (exception is ParseException or ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            // What the parser throws quotes the text.
            throw Errors.EnvFileMalformed(new SourceLocation(_path, variable.Line), $"The value of {variable.Name} holds an escape that there is not.");
        }
    }

    private SourceLocation PlaceIn(EnvAssignment variable, int offset)
    {
        var lines = variable.Text.AsSpan(0, offset).Count('\n');
        return new SourceLocation(_path, variable.Line + lines);
    }
}
