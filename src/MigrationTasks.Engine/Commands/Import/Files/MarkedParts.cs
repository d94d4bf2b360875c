using System.Text;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>The parts of a file that are told apart by comments, line by line, as the tools do it.</summary>
internal sealed class MarkedParts
{
    private readonly StringBuilder _head = new();
    private readonly StringBuilder _up = new();
    private readonly StringBuilder _down = new();
    private StringBuilder? _part;
    private bool _isStatement;
    private bool _endsWithSemicolon;
    private bool _isFromEnvironment;

    /// <summary>What cannot be said in our files; <see langword="null"/> when all can.</summary>
    public string? Problem { get; private set; }

    /// <summary>The migration, with the comments at the top of the file.</summary>
    public string Up => _head.ToString() + _up;

    /// <summary>What undoes it.</summary>
    public string Down => _down.ToString();

    /// <summary>Whether the migration does not run in a transaction.</summary>
    public bool IsUpOutside { get; private set; }

    /// <summary>Whether what undoes it does not.</summary>
    public bool IsDownOutside { get; private set; }

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line, with its end.</param>
    /// <param name="mark">What it means to the tool, if it is a mark.</param>
    /// <param name="isOutside">Whether the mark says that the part does not run in a transaction.</param>
    public void Add(string line, Mark? mark, bool isOutside)
    {
        switch (mark)
        {
            case Mark.Up:
                (_part, IsUpOutside) = (_up, IsUpOutside || isOutside);
                break;
            case Mark.Down:
                (_part, IsDownOutside) = (_down, IsDownOutside || isOutside);
                break;
            case Mark.NoTransaction:
                (IsUpOutside, IsDownOutside) = (true, true);
                break;
            case Mark.StatementBegin:
                (_isStatement, _endsWithSemicolon) = (true, true);
                break;
            case Mark.StatementEnd:
                // Ours tells statements by their semicolons, and the last one of such a part may lack it.
                _part?.Append(_endsWithSemicolon ? "" : line.EndsWith("\r\n", StringComparison.Ordinal) ? ";\r\n" : ";\n");
                _isStatement = false;
                break;
            case Mark.EnvironmentOn or Mark.EnvironmentOff:
                _isFromEnvironment = mark == Mark.EnvironmentOn;
                break;
            default:
                AddText(line);
                break;
        }
    }

    private void AddText(string line)
    {
        if (_isFromEnvironment && line.Contains('$', StringComparison.Ordinal))
        {
            Problem = "it is filled in from the environment; write it with placeholders";
        }

        if (_part is null && line.Trim().Length > 0 && !line.TrimStart().StartsWith("--", StringComparison.Ordinal))
        {
            Problem = "it has statements before its first mark";
        }

        if (_isStatement && CodeOf(line) is { Length: > 0 } code)
        {
            _endsWithSemicolon = code.EndsWith(';');
        }

        (_part ?? _head).Append(line);
    }

    private static string CodeOf(string line)
    {
        var comment = line.IndexOf("--", StringComparison.Ordinal);
        return (comment < 0 ? line : line[..comment]).Trim();
    }
}
