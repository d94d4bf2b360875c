using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MigrationTasks;

/// <summary>
/// Cancels when the build has ended without saying so: when its process was killed, or when this one, which does the work for
/// it, is told to end. MSBuild lets a task go on whose build is gone, and nobody would see what it does.
/// </summary>
internal sealed partial class BuildLifetime : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // The windows of a console that is closed end all its processes likewise: .NET tells that as SIGHUP.
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT];

    private readonly List<PosixSignalRegistration> _registrations;
    private readonly Process? _parent;
    private readonly Timer? _timer;

    /// <param name="cancel">What to do then; at most once for each cause.</param>
    public BuildLifetime(Action cancel)
    {
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            // Without this, .NET would end the process before the statement has stopped and its transaction is rolled back.
            context.Cancel = true;
            cancel();
        }))];
        if (OperatingSystem.IsWindows())
        {
            _parent = WindowsParent.Open();
            if (_parent is not null)
            {
                _parent.Exited += (_, _) => cancel();
                _parent.EnableRaisingEvents = true;
            }
        }
        else
        {
            // A process whose parent has ended gets another one, at once; a number of a process, in contrast, may be used again.
            var parent = GetParent();
            _timer = new Timer(
                _ =>
                {
                    if (GetParent() != parent)
                    {
                        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                        cancel();
                    }
                },
                null,
                Interval,
                Interval);
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _timer?.Dispose();
        _parent?.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetParent();
}
