using System.Diagnostics;
using System.Globalization;

namespace MigrationTasks.TestServers;

/// <summary>What test runs that were killed could not clean up themselves, told by the process id in its name.</summary>
internal static class Leftovers
{
    /// <summary>Removes the folders named <c>prefix-processId-…</c> whose process is no more.</summary>
    public static void Remove(string folder, string prefix)
    {
        foreach (var left in Directory.EnumerateDirectories(folder, $"{prefix}*"))
        {
            var owner = Path.GetFileName(left)[prefix.Length..].Split('-')[0];
            if (IsGone(owner))
            {
                TryRemove(left);
            }
        }
    }

    /// <summary>Whether a process id, as written in a name or label, belongs to no process any more.</summary>
    public static bool IsGone(string owner)
    {
        if (!int.TryParse(owner, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static void TryRemove(string folder)
    {
        try
        {
            TinyDisk.UnmountBelow(folder);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or another run is removing it right now: neither is this run's business.
        }
    }
}
