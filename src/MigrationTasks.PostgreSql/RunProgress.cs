using System.Globalization;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Follows the server through a batch. Each script's frame raises a notice that only this run can have raised: notices are
/// sent at once, with all results before them, so the next one also means that the script before is committed; and
/// whatever else the server says in between belongs to the script that runs.
/// </summary>
internal sealed class RunProgress(IRunObserver observer) : ScriptProgress(observer)
{
    private readonly string _token = $"MigrationTasks:{Guid.NewGuid():N}:";
    private readonly List<MigrationScript> _scripts = [];
    private int _backend;

    /// <summary>Whether what the server says is about our own housekeeping, and nobody's business.</summary>
    public bool Muted { get; set; }

    /// <summary>The text of the notice that starts a script.</summary>
    public string MarkerOf(MigrationScript script)
    {
        _scripts.Add(script);
        return $"{_token}{_scripts.Count - 1}";
    }

    /// <inheritdoc/>
    /// <remarks>The script before it is committed.</remarks>
    public override void Start(MigrationScript script, int session = 0)
    {
        Complete();
        base.Start(script, session);
    }

    /// <summary>The text of the notice by which a process of the server says that it goes on with what runs: its number follows.</summary>
    public string BackendMarker => $"{_token}:";

    /// <summary>Something is odd, but the run goes on.</summary>
    public void Warned(Diagnostic warning) => Observer.Warned(warning);

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
                Observer.Warned(Errors.ServerWarning(Current?.Location ?? default, text));
            }
            else
            {
                Observer.Noticed(Current, text);
            }
        }
    }
}
