using System.Runtime.InteropServices;

namespace Nabla.Numerics.Memory;

/// <summary>Memory in pages of 2 MiB where the system has them for those who ask (Linux): data that are read here and there then cost fewer walks through the page tables. It changes nothing but the time.</summary>
internal static unsafe partial class HugePages
{
    private const nint PageBytes = 2 << 20;

    /// <summary>MADV_HUGEPAGE of Linux.</summary>
    private const int WantsHugePages = 14;

    private static volatile bool cannotAsk = !OperatingSystem.IsLinux();

    /// <summary>An array of zeros.</summary>
    /// <inheritdoc cref="NewUnsetArray"/>
    public static T[] NewArray<T>(int length, bool pinned = false) where T : unmanaged
    {
        T[] array = NewUnsetArray<T>(length, pinned);
        Array.Clear(array);
        return array;
    }

    /// <summary>An array whose elements are all still to be written: the threads that write them take the pages from the system side by side.</summary>
    /// <remarks>The pages are asked for before they are touched, which is when the system takes them.</remarks>
    /// <typeparam name="T">The elements.</typeparam>
    /// <param name="length">How many.</param>
    /// <param name="pinned">Whether it must stay where it is.</param>
    public static T[] NewUnsetArray<T>(int length, bool pinned = false) where T : unmanaged
    {
        T[] array = GC.AllocateUninitializedArray<T>(length, pinned);
        if ((long)length * sizeof(T) >= PageBytes)
        {
            fixed (T* start = array)
            {
                Ask((nint)start, (nint)length * sizeof(T));
            }
        }

        return array;
    }

    /// <summary>Asks for the whole pages of a range. What the system answers does not matter.</summary>
    private static void Ask(nint start, nint bytes)
    {
        nint first = (start + PageBytes - 1) & -PageBytes, end = (start + bytes) & -PageBytes;
        if (cannotAsk || first >= end)
        {
            return;
        }

        try
        {
            _ = Advise(first, (nuint)(end - first), WantsHugePages);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            cannotAsk = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint start, nuint bytes, int advice);
}
