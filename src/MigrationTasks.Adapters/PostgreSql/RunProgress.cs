using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Runner;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// Follows the server through a batch. Each script's frame raises a notice that only this run can have raised: notices are
/// sent at once, with all results before them, so the next one also means that the script before is committed; and
/// whatever else the server says in between belongs to the script that runs.
/// </summary>
internal sealed class RunProgress(IRunObserver observer) : IWatchedRun
{
    private readonly string _token = $"MigrationTasks:{Guid.NewGuid():N}:";
    private readonly List<MigrationScript> _scripts = [];
    private readonly CompletedScripts _completed = new(observer);
    private volatile RunningScript? _running;
    private int _backend;

    /// <summary>Whether what the server says is about our own housekeeping, and nobody's business.</summary>
    public bool Muted { get; set; }

    /// <summary>How many scripts are known to be committed.</summary>
    public int Completed => _completed.Count;

    /// <summary>What runs, as far as is known.</summary>
    public MigrationScript? Current => _running?.Script;

    /// <summary>The same, with what a watch must know of it; read on any thread.</summary>
    public RunningScript? Running => _running;

    /// <summary>When a script last started, in ticks of <see cref="Stopwatch"/>.</summary>
    public long LastStartedAt { get; private set; }

    /// <summary>The text of the notice that starts a script.</summary>
    public string MarkerOf(MigrationScript script)
    {
        _scripts.Add(script);
        return $"{_token}{_scripts.Count - 1}";
    }

    /// <param name="script">The script.</param>
    /// <param name="backend">The process of the server that runs it; 0 when it is not known.</param>
    public void Start(MigrationScript script, int backend = 0)
    {
        Complete();
        LastStartedAt = Stopwatch.GetTimestamp();
        _running = new RunningScript(script, LastStartedAt, backend);
        observer.Started(script);
    }

    /// <summary>The text of the notice by which a process of the server says that it goes on with what runs: its number follows.</summary>
    public string BackendMarker => $"{_token}:";

    /// <summary>What runs goes on in another process of the server; 0 when it is not known which.</summary>
    public void MoveTo(int backend) => _running = _running is { } running ? running with { Session = backend } : null;

    /// <summary>What runs is committed.</summary>
    public void Complete()
    {
        if (_running is { } running)
        {
            _running = null;
            _completed.Add(running.Script, Stopwatch.GetElapsedTime(running.StartedAt));
        }
    }

    /// <summary>A command of a script failed: all before it are committed, and it is not.</summary>
    public void FailedIn(MigrationScript script)
    {
        if (Current != script)
        {
            Complete();
        }

        _running = null;
    }

    /// <summary>What was running is not committed.</summary>
    public void Abandon() => _running = null;

    /// <summary>Something is odd, but the run goes on.</summary>
    public void Warned(Diagnostic warning) => observer.Warned(warning);

    /// <summary>A migration goes on where an earlier run stopped.</summary>
    public void Resumed(MigrationScript script, int statement, string reason) => observer.Resumed(script, statement, reason);

    /// <summary>A script cannot go on before somebody else is done.</summary>
    public void Waiting(MigrationScript script, string reason) => observer.Waiting(script, reason);

    /// <summary>What became of a script, as the history tells afterwards.</summary>
    public void Settle(MigrationScript script, bool isDone)
    {
        if (!isDone)
        {
            _completed.Remove(script);
        }
        else if (Current == script)
        {
            Complete();
        }
        else
        {
            _completed.Add(script, TimeSpan.Zero);
        }
    }

    public void OnNotice(object sender, NpgsqlNoticeEventArgs arguments)
    {
        var notice = arguments.Notice;
        if (notice.MessageText.StartsWith(_token, StringComparison.Ordinal))
        {
            var marker = notice.MessageText[_token.Length..].Split(':');
            _backend = marker.Length > 1 ? int.Parse(marker[1], CultureInfo.InvariantCulture) : _backend;
            if (marker[0].Length == 0)
            {
                MoveTo(_backend);
            }
            else
            {
                Start(_scripts[int.Parse(marker[0], CultureInfo.InvariantCulture)], _backend);
            }
        }
        else if (!Muted)
        {
            var text = PlainText.Of(ServerErrors.Describe(notice.MessageText, notice.SqlState, notice.Detail, notice.Hint));
            if (notice.InvariantSeverity == "WARNING")
            {
                observer.Warned(Errors.ServerWarning(Current?.Location ?? default, text));
            }
            else
            {
                observer.Noticed(Current, text);
            }
        }
    }
}
