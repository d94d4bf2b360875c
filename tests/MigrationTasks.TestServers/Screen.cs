using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MigrationTasks.TestServers;

/// <summary>What somebody sees in a terminal that is sent some text: the part of its language that MSBuild's logger and this package use.</summary>
public sealed partial class Screen
{
    private readonly List<StringBuilder> _rows = [new()];
    private int _row;
    private int _column;

    /// <summary>The rows, without blanks at their ends, and without empty rows at the end.</summary>
    public string Text => string.Join('\n', _rows.Select(row => row.ToString().TrimEnd())).TrimEnd('\n');

    /// <summary>Where the cursor is, counted from 0.</summary>
    public (int Row, int Column) Cursor => (_row, _column);

    /// <summary>Takes what the terminal is sent.</summary>
    public Screen Write(string text)
    {
        foreach (var part in Part().Matches(text).Cast<Match>())
        {
            if (part.Groups["command"] is { Success: true } command)
            {
                Obey(command.Value[0], int.TryParse(part.Groups["number"].Value, CultureInfo.InvariantCulture, out var number) ? number : null);
            }
            else if (part.Value == "\r")
            {
                _column = 0;
            }
            else if (part.Value == "\n")
            {
                MoveTo(_row + 1, 0);
            }
            else if (part.Value[0] != '\u001b')
            {
                var row = _rows[_row];
                row.Append(' ', Math.Max(0, _column + part.Length - row.Length));
                row.Remove(_column, part.Length).Insert(_column, part.Value);
                _column += part.Length;
            }
        }

        return this;
    }

    private void Obey(char command, int? number)
    {
        switch (command)
        {
            case 'F':
                MoveTo(Math.Max(0, _row - (number ?? 1)), 0);
                break;
            case 'G':
                _column = (number ?? 1) - 1;
                break;
            case 'D':
                _column = Math.Max(0, _column - (number ?? 1));
                break;
            case 'K':
                _rows[_row].Length = Math.Min(_rows[_row].Length, _column);
                break;
            case 'J':
                _rows[_row].Length = Math.Min(_rows[_row].Length, _column);
                _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
                break;
            // Colours, whether the cursor shows, whether long lines go on in the next row.
            case 'm' or 'h' or 'l':
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(command), command, "This is not known.");
        }
    }

    private void MoveTo(int row, int column)
    {
        while (_rows.Count <= row)
        {
            _rows.Add(new StringBuilder());
        }

        (_row, _column) = (row, column);
    }

    [GeneratedRegex(@"\u001b\[\??(?<number>[0-9]*)(?:;[0-9]*)*(?<command>[A-Za-z])|\u001b\][^\u001b\u0007]*(?:\u001b\\|\u0007)|\u001b[=>]|\r|\n|[^\u001b\r\n]+")]
    private static partial Regex Part();
}
