using System.Collections;
using System.Globalization;
using System.Text;
using Xunit;

namespace Nabla.Tests.Architecture.Symbols;

public class AssemblyReaderTests
{
    private static readonly CompiledAssembly Tests = AssemblyReader.Read(typeof(AssemblyReaderTests).Assembly.Location);

    [Theory]
    [InlineData("Lambda", typeof(StringBuilder))]
    [InlineData("Closure", typeof(BitArray))]
    [InlineData("Async", typeof(UriBuilder))]
    [InlineData("AsyncLambda", typeof(SortedList))]
    [InlineData("Iterator", typeof(Hashtable))]
    [InlineData("LocalFunction", typeof(ArrayList))]
    public void Code_in_a_type_of_the_compiler_belongs_to_the_method_around_it(string method, Type used) =>
        Assert.Equal([method], Users(nameof(SampleOfBodies), used));

    [Theory]
    [InlineData("Handle", typeof(Lazy<>))]
    [InlineData("Handle", typeof(Queue))]
    [InlineData("Cast", typeof(Stack))]
    [InlineData("Array", typeof(DateOnly))]
    [InlineData("Catch", typeof(TimeZoneNotFoundException))]
    [InlineData("AfterSwitch", typeof(StringWriter))]
    [InlineData("Operands", typeof(StringReader))]
    [InlineData("FunctionPointer", typeof(TimeOnly))]
    public void A_body_uses_the_types_of_its_instructions(string method, Type used) => Assert.Equal([method], Users(nameof(SampleOfBodies), used));

    [Fact]
    public void A_signature_shows_pointers() =>
        Assert.Equal(["FunctionPointer", "Pointer"], Uses(nameof(SampleOfBodies)).Where(use => use.Used == Symbol.Pointer).Select(use => use.User.Member).Order());

    [Fact]
    public void An_accessor_has_the_name_of_its_property()
    {
        Assert.Equal(["Property"], Users(nameof(SampleOfBodies), typeof(CultureInfo)));
        Assert.Contains(Uses(nameof(SampleOfBodies)), use => use.Used.ToString() == "System.Globalization.CultureInfo.CurrentCulture");
    }

    [Fact]
    public void A_type_uses_its_base_and_its_interfaces()
    {
        Assert.Contains("", Users(nameof(SampleOfHeritage), typeof(SampleOuter)));
        Assert.Contains("", Users(nameof(SampleOfHeritage), typeof(IComparer<>)));
        Assert.Contains("", Users(nameof(SampleOfHeritage), typeof(SampleKind)));
    }

    [Fact]
    public void An_explicit_implementation_has_the_name_of_its_method() => Assert.Equal(["Compare"], Users(nameof(SampleOfHeritage), typeof(CultureInfo)));

    [Fact]
    public void A_field_uses_its_type_and_a_nested_type_lies_in_the_namespace_of_the_outermost() =>
        Assert.Contains(new Use(Sample("SampleOuter", "Field"), Sample("SampleOuter.Inner")), Tests.Uses);

    [Fact]
    public void A_constraint_is_used_by_the_type_or_the_method_that_has_it()
    {
        Assert.Equal([""], Users("SampleOfConstraint", typeof(IComparer)));
        Assert.Equal(["Method"], Users("SampleOfConstraint", typeof(EqualityComparer<>)));
        Assert.Equal(["Method"], Users("SampleOfConstraint", typeof(Uri)));
    }

    [Fact]
    public void An_attribute_uses_its_type_and_the_types_of_its_arguments()
    {
        Assert.Contains(new Use(Sample(nameof(SampleOfAttribute)), Sample(nameof(SampleAttribute), ".ctor")), Tests.Uses);
        Assert.Contains(new Use(Sample(nameof(SampleOfAttribute)), Sample(nameof(SampleKind))), Tests.Uses);
        Assert.Contains(new Use(Sample(nameof(SampleOfAttribute)), Sample("SampleOuter.Inner")), Tests.Uses);
        Assert.Equal([""], Users(nameof(SampleOfAttribute), typeof(Dictionary<,>)));
        Assert.Equal([""], Users(nameof(SampleOfAttribute), typeof(Version)));
    }

    [Fact]
    public void Static_fields_are_listed_without_constants_and_the_caches_of_the_compiler() =>
        Assert.Equal(
            [("Assignable", false, ""), ("Fixed", true, "System.Collections.Generic.List")],
            Tests.StaticFields.Where(field => field.Field.Type == nameof(SampleOfBodies))
                .Select(field => (field.Field.Member, field.IsReadOnly, string.Join(' ', field.Types))).Order());

    private static IEnumerable<Use> Uses(string user) => Tests.Uses.Where(use => use.User == Sample(user, use.User.Member));

    /// <summary>The members of a sample that use a type, each once.</summary>
    private static string[] Users(string sample, Type used) =>
        [.. Uses(sample).Where(use => use.Used.FullType == $"{used.Namespace}.{WrittenName.OfType(used.Name)}").Select(use => use.User.Member).Distinct()];

    private static Symbol Sample(string type, string member = "") => new("Nabla.Tests", "Nabla.Tests.Architecture.Symbols", type, member);
}
