using System.Text.Json;
using Nabla.Models.Formats.Json;
using Xunit;

namespace Nabla.Tests.Models.Formats.Json;

public sealed class SettingNamesTests
{
    [Fact]
    public void Names_are_those_of_the_members_in_kebab_case_and_in_order()
    {
        Check<Precision>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<EarlyStoppingRule>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<EarlyStoppingMetric>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<KeepRule>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<TargetCoding>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<ClassWeighting>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<DivergenceResponse>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<StopReason>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<ColumnKind>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<ColumnScaling>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<TableTask>(JsonNamingPolicy.KebabCaseLower.ConvertName);
    }

    [Fact]
    public void An_unknown_name_or_value_is_refused()
    {
        Assert.False(SettingNames.TryParse("Single", out Precision _));
        Assert.False(SettingNames.TryParse("0", out Precision _));
        Assert.False(SettingNames.TryParse(null, out Precision _));
        Assert.Throws<ArgumentException>(() => SettingNames.Of((Precision)2));
        Assert.Throws<ArgumentException>(() => SettingNames.Of((Precision)(-1)));
        Assert.Throws<ArgumentException>(() => SettingNames.Of(DayOfWeek.Monday));
    }

    private static void Check<T>(Func<string, string> spell) where T : struct, Enum
    {
        T[] values = Enum.GetValues<T>();
        Assert.Equal(values.Select(value => spell(value.ToString())), SettingNames.All<T>());
        Assert.All(values, value =>
        {
            Assert.Equal(spell(value.ToString()), SettingNames.Of(value));
            Assert.True(SettingNames.TryParse(SettingNames.Of(value), out T read));
            Assert.Equal(value, read);
        });
    }
}
