using System.Runtime.InteropServices;

namespace Nabla.Numerics.Memory;

/// <summary>
/// Memory in pages of 2 MiB, if the system provides them on request (Linux). Random access then needs fewer page-table
/// walks. Only the speed changes.
/// </summary>
internal static unsafe partial class HugePages
{
    private const nint PageBytes = 2 << 20;

    /// <summary>MADV_HUGEPAGE of Linux.</summary>
    private const int MadviseHugePage = 14;

    private static volatile bool isUnsupported = !OperatingSystem.IsLinux();

    /// <summary>An array of zeros.</summary>
    /// <inheritdoc cref="NewUninitializedArray"/>
    public static T[] NewArray<T>(int length, bool pinned = false) where T : unmanaged
    {
        T[] array = NewUninitializedArray<T>(length, pinned);
        Array.Clear(array);
        return array;
    }

    /// <summary>
    /// An uninitialized array: the caller must write every element. If several threads write, they fault in the pages
    /// in parallel.
    /// </summary>
    /// <remarks>
    /// The request comes before the first access, because that is when the system allocates the pages.
    /// </remarks>
    /// <typeparam name="T">The elements.</typeparam>
    /// <param name="length">The number of elements.</param>
    /// <param name="pinned">Whether the array must not move.</param>
    public static T[] NewUninitializedArray<T>(int length, bool pinned = false) where T : unmanaged
    {
        T[] array = GC.AllocateUninitializedArray<T>(length, pinned);
        if ((long)length * sizeof(T) >= PageBytes)
        {
            fixed (T* start = array)
            {
                Request((nint)start, (nint)length * sizeof(T));
            }
        }

        return array;
    }

    /// <summary>Requests huge pages for the whole pages of a range. The result of the call does not matter.</summary>
    private static void Request(nint start, nint bytes)
    {
        nint first = (start + PageBytes - 1) & -PageBytes, end = (start + bytes) & -PageBytes;
        if (isUnsupported || first >= end)
        {
            return;
        }

        try
        {
            _ = Advise(first, (nuint)(end - first), MadviseHugePage);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            isUnsupported = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint start, nuint bytes, int advice);
}
