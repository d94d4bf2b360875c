namespace MigrationTasks.Engine.Migrations;

/// <summary>Where a path really leads, once every symbolic link on its way is followed.</summary>
internal static class RealPath
{
    // As many as Linux follows; more are links that lead to each other.
    private const int MostLinks = 40;

    /// <summary>Whether a path leads into a folder, whatever links are on the way to either.</summary>
    /// <param name="path">The full path of what there is.</param>
    /// <param name="folder">The folder's full path.</param>
    /// <exception cref="IOException">Links lead to each other, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A link may not be read.</exception>
    public static bool IsInside(string path, string folder)
    {
        var relative = Path.GetRelativePath(Of(folder), Of(path));
        return !Path.IsPathRooted(relative) && relative.Split(Path.DirectorySeparatorChar)[0] != "..";
    }

    private static string Of(string path)
    {
        var links = 0;
        var real = Path.GetPathRoot(path)!;
        var rest = new Stack<string>();
        Push(path[real.Length..]);
        while (rest.TryPop(out var part))
        {
            // What comes after a link starts at its target: .. is the target's parent, not the link's.
            var next = part == ".." ? Path.GetDirectoryName(real) ?? real : Path.Combine(real, part);
            if (part == ".." || new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"Its symbolic links lead to each other: {path}");
            }

            var root = Path.GetPathRoot(target)!;
            real = root.Length > 0 ? root : real;
            Push(target[root.Length..]);
        }

        return real;

        void Push(string parts)
        {
            foreach (var part in parts.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]).Reverse().Where(part => part is not ("" or ".")))
            {
                rest.Push(part);
            }
        }
    }
}
