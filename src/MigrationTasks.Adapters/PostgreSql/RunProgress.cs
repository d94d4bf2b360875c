using System.Diagnostics;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Runner;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// Follows the server through a batch. Each migration's frame raises a notice that only this run can have raised: notices are
/// sent at once, with all results before them, so the next one also means that the migration before is committed; and
/// whatever else the server says in between belongs to the migration that runs.
/// </summary>
internal sealed class RunProgress(IRunObserver observer)
{
    private readonly string _token = $"MigrationTasks:{Guid.NewGuid():N}:";
    private readonly List<Migration> _migrations = [];
    private readonly HashSet<Migration> _applied = [];
    private Migration? _current;
    private long _startedAt;

    /// <summary>Whether what the server says is about our own housekeeping, and nobody's business.</summary>
    public bool Muted { get; set; }

    /// <summary>The migrations that are known to be committed.</summary>
    public IReadOnlySet<Migration> Applied => _applied;

    /// <summary>The migration that runs, as far as is known.</summary>
    public Migration? Current => _current;

    /// <summary>The text of the notice that starts a migration.</summary>
    public string MarkerOf(Migration migration)
    {
        _migrations.Add(migration);
        return $"{_token}{_migrations.Count - 1}";
    }

    public void Start(Migration migration)
    {
        Complete();
        _current = migration;
        _startedAt = Stopwatch.GetTimestamp();
        observer.Started(migration);
    }

    /// <summary>The migration that runs is committed.</summary>
    public void Complete()
    {
        if (_current is { } migration)
        {
            _current = null;
            _applied.Add(migration);
            observer.Applied(migration, Stopwatch.GetElapsedTime(_startedAt));
        }
    }

    /// <summary>A command of a migration failed: all before it are committed, and it is not.</summary>
    public void FailedIn(Migration migration)
    {
        if (_current != migration)
        {
            Complete();
        }

        _current = null;
    }

    /// <summary>What was running is not committed.</summary>
    public void Abandon() => _current = null;

    /// <summary>What became of a migration, as the history tells afterwards.</summary>
    public void Settle(Migration migration, bool isApplied)
    {
        if (!isApplied)
        {
            // All commits of a run but its last may be lost when the server crashes.
            if (_applied.Remove(migration))
            {
                observer.Lost(migration);
            }
        }
        else if (_current == migration)
        {
            Complete();
        }
        else if (_applied.Add(migration))
        {
            observer.Applied(migration, TimeSpan.Zero);
        }
    }

    public void OnNotice(object sender, NpgsqlNoticeEventArgs arguments)
    {
        var notice = arguments.Notice;
        if (notice.MessageText.StartsWith(_token, StringComparison.Ordinal) && int.TryParse(notice.MessageText.AsSpan(_token.Length), out var index))
        {
            Start(_migrations[index]);
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
}
