using System.Diagnostics;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Rollback;
using MigrationTasks.Engine.Runner;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// Follows the server through a batch. Each script's frame raises a notice that only this run can have raised: notices are
/// sent at once, with all results before them, so the next one also means that the script before is committed; and
/// whatever else the server says in between belongs to the script that runs.
/// </summary>
internal sealed class RunProgress(IRunObserver observer)
{
    private readonly string _token = $"MigrationTasks:{Guid.NewGuid():N}:";
    private readonly List<MigrationScript> _scripts = [];
    private readonly HashSet<MigrationScript> _done = [];
    private MigrationScript? _current;
    private long _startedAt;

    /// <summary>Whether what the server says is about our own housekeeping, and nobody's business.</summary>
    public bool Muted { get; set; }

    /// <summary>What is known to be committed.</summary>
    public IReadOnlySet<MigrationScript> Done => _done;

    /// <summary>What runs, as far as is known.</summary>
    public MigrationScript? Current => _current;

    /// <summary>The text of the notice that starts a script.</summary>
    public string MarkerOf(MigrationScript script)
    {
        _scripts.Add(script);
        return $"{_token}{_scripts.Count - 1}";
    }

    public void Start(MigrationScript script)
    {
        Complete();
        _current = script;
        _startedAt = Stopwatch.GetTimestamp();
        observer.Started(script);
    }

    /// <summary>What runs is committed.</summary>
    public void Complete()
    {
        if (_current is { } script)
        {
            _current = null;
            _done.Add(script);
            TellDone(script, Stopwatch.GetElapsedTime(_startedAt));
        }
    }

    /// <summary>A command of a script failed: all before it are committed, and it is not.</summary>
    public void FailedIn(MigrationScript script)
    {
        if (_current != script)
        {
            Complete();
        }

        _current = null;
    }

    /// <summary>What was running is not committed.</summary>
    public void Abandon() => _current = null;

    /// <summary>What became of a script, as the history tells afterwards.</summary>
    public void Settle(MigrationScript script, bool isDone)
    {
        if (!isDone)
        {
            // All commits of a run but its last may be lost when the server crashes.
            if (_done.Remove(script))
            {
                observer.Lost(script);
            }
        }
        else if (_current == script)
        {
            Complete();
        }
        else if (_done.Add(script))
        {
            TellDone(script, TimeSpan.Zero);
        }
    }

    public void OnNotice(object sender, NpgsqlNoticeEventArgs arguments)
    {
        var notice = arguments.Notice;
        if (notice.MessageText.StartsWith(_token, StringComparison.Ordinal) && int.TryParse(notice.MessageText.AsSpan(_token.Length), out var index))
        {
            Start(_scripts[index]);
        }
        else if (!Muted)
        {
            var text = PlainText.Of(ServerErrors.Describe(notice.MessageText, notice.SqlState, notice.Detail, notice.Hint));
            if (notice.InvariantSeverity == "WARNING")
            {
                observer.Warned(Errors.ServerWarning(_current?.Location ?? default, text));
            }
            else
            {
                observer.Noticed(_current, text);
            }
        }
    }

    private void TellDone(MigrationScript script, TimeSpan duration)
    {
        if (script is RollbackScript rollback)
        {
            observer.RolledBack(rollback, duration);
        }
        else
        {
            observer.Applied((Migration)script, duration);
        }
    }
}
