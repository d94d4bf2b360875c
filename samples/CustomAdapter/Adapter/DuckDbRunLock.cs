using MigrationTasks.Engine.Diagnostics;

namespace DuckDbSample;

/// <summary>
/// The run lock: a file beside the database that its process holds open, and which goes with the process. DuckDB's own lock
/// keeps other processes out, but not other runs in the same one, which share the database.
/// </summary>
public sealed class DuckDbRunLock : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private DuckDbRunLock(FileStream file) => _file = file;

    /// <summary>Whether it was not given back yet.</summary>
    public bool IsHeld { get; private set; } = true;

    /// <exception cref="MigrationException">MIG3008 when another run held it for too long; MIG4010 when the file cannot be created.</exception>
    public static DuckDbRunLock Take(DuckDbConfig config, CancellationToken cancellation)
    {
        var path = $"{config.File}-migrating";
        var deadline = DateTime.UtcNow + config.Settings.LockTimeout;
        while (true)
        {
            try
            {
                return new DuckDbRunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
            }
            catch (Exception exception) when (exception is DirectoryNotFoundException || (exception is UnauthorizedAccessException && !OperatingSystem.IsWindows()))
            {
                throw Errors.ReadOnly(config.Target, exception.Message, exception, "the permissions of the file and of its folder");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (DateTime.UtcNow > deadline)
                {
                    throw Errors.LockTimeout(config.Target, config.Settings.LockTimeout);
                }
            }

            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public void Dispose()
    {
        IsHeld = false;
        _file.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
