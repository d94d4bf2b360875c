using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MigrationTasks;

/// <summary>The process that has started this one, on Windows, which has no other way to tell.</summary>
internal static partial class WindowsParent
{
    /// <summary>Opens it; <see langword="null"/> when it has ended, or may not be watched.</summary>
    public static Process? Open()
    {
        try
        {
            using var own = Process.GetCurrentProcess();
            if (Query(own.Handle, 0, out var information, Marshal.SizeOf<BasicInformation>(), out _) != 0)
            {
                return null;
            }

            var parent = Process.GetProcessById((int)information.Parent);
            // The number of one that has ended may have been given to another, which is younger.
            if (parent.StartTime <= own.StartTime)
            {
                return parent;
            }

            parent.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    [LibraryImport("ntdll.dll", EntryPoint = "NtQueryInformationProcess")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Query(nint process, int kind, out BasicInformation information, int length, out int written);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct BasicInformation
    {
        public readonly nint ExitStatus;
        public readonly nint Environment;
        public readonly nint Affinity;
        public readonly nint Priority;
        public readonly nint Id;
        public readonly nint Parent;
    }
}
