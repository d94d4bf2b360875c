using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Execution;

/// <summary>
/// The lock of a run outside a transaction: a file beside the database that its process holds open. It goes with the
/// process, and unlike a lock in the database it does not stand in the way of what runs under it (VACUUM).
/// </summary>
public sealed class RunLockFile : IDisposable, IAsyncDisposable
{
    private const string Ending = "-migrating";

    // How the systems say that somebody else has the file: EAGAIN on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] SharingViolations = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream? _file;

    private RunLockFile(FileStream? file) => _file = file;

    /// <summary>Whether it was not given back yet.</summary>
    public bool IsHeld { get; private set; } = true;

    /// <summary>Takes the lock, or waits for it as long as the lock timeout allows.</summary>
    /// <param name="database">The database's file; <see langword="null"/> for one in memory, which needs no lock.</param>
    /// <param name="config">The database.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3008 when it takes too long; MIG4010 when the file cannot be created.</exception>
    public static RunLockFile Take(string? database, DatabaseConfig config, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(config);
        var wait = new BusyWait(config.Settings.LockTimeout);
        while (database is not null)
        {
            try
            {
                return new RunLockFile(new FileStream(database + Ending, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose));
            }
            catch (Exception exception) when (IsInUse(exception))
            {
                if (wait.IsOver)
                {
                    throw Errors.LockTimeout(config.Target, config.Settings.LockTimeout);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Errors.ReadOnly(config.Target, exception.Message, exception, "the permissions of the file and of its folder");
            }

            wait.Next(cancellation);
        }

        return new RunLockFile(null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsHeld = false;
        _file?.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    // Windows denies the access to a file that is about to be deleted.
    private static bool IsInUse(Exception exception) =>
        (exception is IOException && SharingViolations.Contains(exception.HResult))
        || (exception is UnauthorizedAccessException && OperatingSystem.IsWindows());
}
