using System.Text;

namespace MigrationTasks.Terminal;

/// <summary>
/// What is waited for, shown in a terminal as long as it is true. MSBuild's logger redraws what every project does, some times a
/// second, and leaves the cursor in the empty line below it: what stands under that line is not touched by it, unless it clears the
/// screen from there on to print a result. So this writes there, brings the cursor back, and writes again what was cleared.
/// </summary>
internal sealed class LiveStatus : IDisposable
{
    private const string Escape = "\u001b[";
    private const string ClearBelow = Escape + "J";
    private const string CutLongLines = Escape + "?7l";
    private const string WrapLongLines = Escape + "?7h";
    private const string Indent = "    ";

    // No terminal is narrower, as a rule, and one that is cuts the rest off. To ask for its width there is no way that all systems have.
    private const int Width = 78;
    private const int MaximumLines = 6;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Lazy<string?> _path;
    private readonly Func<string, Stream> _open;
    private readonly Timer _timer;
    private readonly Dictionary<string, (string? About, string Text)> _shown = [];
    private Stream? _terminal;
    private bool _isWritten;

    /// <param name="find">Finds the terminal's file; gives nothing where there is none to write to.</param>
    /// <param name="open">Opens it for this process alone; it may be that another has it.</param>
    public LiveStatus(Func<string?> find, Func<string, Stream>? open = null)
    {
        _path = new Lazy<string?>(find);
        _open = open ?? (path => new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0));
        _timer = new Timer(_ => Redraw(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Shows a text, instead of what the same source has shown.</summary>
    /// <param name="source">Whose it is.</param>
    /// <param name="about">What it is about, if about one thing.</param>
    /// <param name="text">The text, which is plain.</param>
    public void Show(string source, string? about, string text)
    {
        lock (_gate)
        {
            if (_path.Value is not null)
            {
                _shown[source] = (about, text);
                Draw();
                _timer.Change(Interval, Interval);
            }
        }
    }

    /// <summary>Takes back what a source has shown.</summary>
    /// <param name="source">Whose it is.</param>
    /// <param name="butOf">What it is not taken back of: that goes on.</param>
    public void Hide(string source, string? butOf = null)
    {
        lock (_gate)
        {
            if (_shown.TryGetValue(source, out var shown) && (butOf is null || shown.About != butOf))
            {
                _shown.Remove(source);
                Draw();
            }
        }
    }

    /// <summary>Takes back everything.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _shown.Clear();
            Draw();
            _terminal?.Dispose();
        }
    }

    private void Redraw()
    {
        lock (_gate)
        {
            // One that was called before it was stopped comes late.
            if (_shown.Count > 0)
            {
                Draw();
            }
        }
    }

    private void Draw()
    {
        if (_shown.Count > 0)
        {
            _isWritten = Write(Lines(_shown.Values.Select(shown => shown.Text)));
        }
        else if (_isWritten)
        {
            Write([]);
            _isWritten = false;
        }
    }

    // In one piece: the logger writes at any time.
    private bool Write(List<string> lines)
    {
        var text = lines.Count == 0
            ? ClearBelow
            : $"{ClearBelow}{CutLongLines}{string.Concat(lines.Select(line => $"\r\n{Indent}{line}"))}{WrapLongLines}{Escape}{lines.Count}F";
        try
        {
            // Of several projects that wait at the same time, one is shown until it is done.
            _terminal ??= _open(_path.Value!);
            _terminal.Write(Encoding.UTF8.GetBytes(text));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another project is shown, or the terminal was closed.
            return false;
        }
    }

    private static List<string> Lines(IEnumerable<string> texts) => [.. texts.SelectMany(Wrap).Take(MaximumLines)];

    private static IEnumerable<string> Wrap(string text)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && Indent.Length + line.Length + 1 + word.Length > Width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
