using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Sqlite;

/// <summary>
/// The lock of a run outside a transaction: a file beside the database that its process holds open. It goes with the
/// process, and unlike a lock in the database it does not stand in the way of what runs under it (VACUUM).
/// </summary>
internal sealed class RunLockFile : IDisposable, IAsyncDisposable
{
    private const string Ending = "-migrating";

    // How the systems say that somebody else has the file: EAGAIN on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] SharingViolations = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream? _file;

    private RunLockFile(FileStream? file) => _file = file;

    /// <summary>Takes the lock, or waits for it as long as the lock timeout allows; a database in memory needs none.</summary>
    /// <exception cref="MigrationException">MIG3008 when it takes too long; MIG4010 when the file cannot be created.</exception>
    public static RunLockFile Take(SqliteConfig config, CancellationToken cancellation)
    {
        var wait = new BusyWait(config.Settings.LockTimeout);
        while (config.FilePath is not null)
        {
            try
            {
                return new RunLockFile(new FileStream(config.FilePath + Ending, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose));
            }
            catch (Exception exception) when (IsHeld(exception))
            {
                if (wait.IsOver)
                {
                    throw Errors.LockTimeout(config.Target, config.Settings.LockTimeout);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw SqliteErrors.ReadOnly(config, exception.Message, exception);
            }

            wait.Next(cancellation);
        }

        return new RunLockFile(null);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file is null ? ValueTask.CompletedTask : _file.DisposeAsync();

    // Windows denies the access to a file that is about to be deleted.
    private static bool IsHeld(Exception exception) =>
        (exception is IOException && SharingViolations.Contains(exception.HResult))
        || (exception is UnauthorizedAccessException && OperatingSystem.IsWindows());
}
