using System.IO.Compression;

namespace MigrationTasks.Profile;

/// <summary>Makes a package smaller than packing leaves it: for that, time counts more than size.</summary>
public static class PackageArchive
{
    /// <summary>Compresses each file of a package as well as can be.</summary>
    /// <param name="path">The package, which is replaced.</param>
    public static void Compress(string path)
    {
        var compressed = path + ".compressed";
        using (var source = ZipFile.OpenRead(path))
        using (var target = ZipFile.Open(compressed, ZipArchiveMode.Create))
        {
            foreach (var entry in source.Entries)
            {
                var copy = target.CreateEntry(entry.FullName, CompressionLevel.SmallestSize);
                copy.LastWriteTime = entry.LastWriteTime;
                copy.ExternalAttributes = entry.ExternalAttributes;
                using Stream from = entry.Open(), to = copy.Open();
                from.CopyTo(to);
            }
        }

        File.Move(compressed, path, overwrite: true);
    }
}
