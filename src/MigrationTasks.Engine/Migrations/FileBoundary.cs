using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Migrations;

/// <summary>What may be read as a migration: an ordinary file that lies in the folder.</summary>
internal static class FileBoundary
{
    // O_RDONLY | O_NONBLOCK | O_CLOEXEC of Linux and of macOS.
    private const int LinuxFlags = 0x800 | 0x80000;
    private const int MacFlags = 0x4 | 0x1000000;

    /// <summary>Finds what forbids to read a file, without opening what would keep a reader waiting.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="folder">The folder's full path.</param>
    /// <returns>
    /// MIG2016 for a link that leads out of the folder, MIG2013 for a link to nothing, a pipe or a device; <see langword="null"/> for
    /// an ordinary file.
    /// </returns>
    public static Diagnostic? Check(string path, string folder)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                if (!RealPath.IsInside(path, folder))
                {
                    return Errors.LinkLeadsOut(path);
                }

                file = (FileInfo)(file.ResolveLinkTarget(returnFinalTarget: true) ?? file);
            }

            // A pipe or a device has no length, nor has an empty file.
            return file.Length > 0 || IsOrdinary(file.FullName) ? null : throw new IOException("It is a pipe or a device, not a file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Errors.FileUnreadable(path, exception).Diagnostics[0];
        }
    }

    // Whoever opens a pipe waits for its other end; only the system's own call can be told not to.
    private static bool IsOrdinary(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        using var handle = new SafeFileHandle(OpenFile(Encoding.UTF8.GetBytes(path + '\0'), OperatingSystem.IsMacOS() ? MacFlags : LinuxFlags), ownsHandle: true);
        if (handle.IsInvalid)
        {
            // Opened in the usual way, it fails with the reason.
            return true;
        }

        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        return stream.CanSeek && stream.ReadByte() < 0;
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint OpenFile(byte[] path, int flags);
}
