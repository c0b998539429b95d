using System.Collections;
using System.Globalization;
using System.Text;

namespace Nabla.Tests.Architecture.Symbols;

// Types for the tests of the decoder. Each type of the framework occurs in one place, so that a test can tell where it was found.
#pragma warning disable CA1822, CA2211

internal enum SampleKind : byte
{
    First,
    Second,
}

[AttributeUsage(AttributeTargets.All)]
internal sealed class SampleAttribute(Type type, SampleKind kind) : Attribute
{
    public Type Type => type;

    public SampleKind Kind => kind;

    public Type[]? Others { get; init; }
}

[Sample(typeof(Dictionary<string, Version>), SampleKind.Second, Others = [typeof(SampleOuter.Inner)])]
internal sealed class SampleOfAttribute;

internal class SampleOuter
{
    internal sealed class Inner;

    internal Inner Field = new();
}

internal sealed class SampleOfHeritage : SampleOuter, IComparer<SampleKind>
{
    int IComparer<SampleKind>.Compare(SampleKind x, SampleKind y) => CultureInfo.InvariantCulture.LCID;
}

internal sealed class SampleOfConstraint<T>
    where T : IComparer
{
    internal void Method<TOther>()
        where TOther : EqualityComparer<Uri>
    {
    }
}

internal static class SampleOfBodies
{
    internal static int Assignable = 1;

    internal static readonly List<int> Fixed = [];

    internal const int Constant = 3;

    internal static string Property => CultureInfo.CurrentCulture.Name;

    internal static Func<int, int> Lambda() => value => new StringBuilder(value).Length;

    internal static Func<int> Closure(int value) => () => new BitArray(value).Length;

    internal static async Task Async()
    {
        await Task.Yield();
        _ = new UriBuilder();
    }

    internal static Func<Task> AsyncLambda(int value) => async () =>
    {
        await Task.Yield();
        _ = new SortedList(value);
    };

    internal static IEnumerable<int> Iterator()
    {
        yield return new Hashtable().Count;
    }

    internal static int LocalFunction(int value)
    {
        return Twice() + Twice();

        int Twice() => new ArrayList(value).Count;
    }

    internal static Type Handle() => typeof(Lazy<Queue>);

    internal static object Cast(object value) => (Stack)value;

    internal static object Array() => new DateOnly[1, 2];

    internal static bool Catch()
    {
        try
        {
            return true;
        }
        catch (TimeZoneNotFoundException)
        {
            return false;
        }
    }

    internal static string AfterSwitch(int value)
    {
        switch (value)
        {
            case 0:
                return Lambda().ToString()!;
            case 1:
                return Handle().ToString();
            case 2:
                return Property;
            case 3:
                return "";
            default:
                return new StringWriter().ToString();
        }
    }

    internal static string Operands(long wide, double real, string text) =>
        wide == 0x123456789ABC && real == 0.1 && text == "text" ? text : new StringReader(text).ReadToEnd();

    internal static unsafe int Pointer(int* address) => *address;

    internal static unsafe int FunctionPointer(delegate*<TimeOnly> function) => function == null ? 0 : 1;
}
