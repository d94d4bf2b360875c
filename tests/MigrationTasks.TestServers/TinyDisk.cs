using System.Globalization;

namespace MigrationTasks.TestServers;

/// <summary>
/// A disk of a given size, to be filled up by a test: a file system in memory, mounted in a folder of its own and
/// writable by every user. Only root can mount one.
/// </summary>
public sealed class TinyDisk : IDisposable
{
    private readonly TemporaryFolder _folder;

    private TinyDisk(TemporaryFolder folder) => _folder = folder;

    /// <summary>The folder in which the disk is mounted.</summary>
    public string Path => _folder.Path;

    /// <param name="bytes">How much fits; the kernel rounds up to whole pages.</param>
    /// <exception cref="ServerUnavailableException">This user or system cannot mount a disk.</exception>
    public static TinyDisk Mount(long bytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            throw new ServerUnavailableException("A tiny disk is mounted on Linux as root only.");
        }

        var folder = new TemporaryFolder();
        var size = bytes.ToString(CultureInfo.InvariantCulture);
        var mount = Command.Run("mount", "-t", "tmpfs", "-o", $"size={size},mode=0777", "migrationtasks", folder.Path);
        if (mount.ExitCode != 0)
        {
            folder.Dispose();
            throw new ServerUnavailableException($"No tiny disk could be mounted: {mount.Output}");
        }

        return new TinyDisk(folder);
    }

    public void Dispose()
    {
        UnmountBelow(_folder.Path);
        _folder.Dispose();
    }

    /// <summary>Takes off every disk mounted at a folder or below it.</summary>
    internal static void UnmountBelow(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        foreach (var mount in File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')[1]).ToList())
        {
            if (mount == folder || mount.StartsWith(folder + "/", StringComparison.Ordinal))
            {
                // Lazily: a process that still has a file open there must not keep the folder from going.
                Command.Run("umount", "--lazy", mount);
            }
        }
    }
}
