using System.Text.Json;
using Nabla.Data.Tables.Schema;
using Nabla.Models.Formats.Json;
using Nabla.Network;
using Nabla.Network.Activations;
using Nabla.Network.Costs;
using Nabla.Network.Initializers;
using Nabla.Training;
using Nabla.Training.Batches;
using Nabla.Training.Stopping;
using Xunit;

namespace Nabla.Tests.Models.Formats.Json;

public sealed class SettingNamesTests
{
    [Fact]
    public void Names_are_those_of_the_members_in_kebab_case_and_in_order()
    {
        Check<Activation>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<Cost>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<Initializer>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<Precision>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<ScheduleKind>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<EarlyStoppingRule>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<EarlyStoppingMetric>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<KeepRule>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<TargetCoding>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<StopReason>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<ColumnKind>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<ColumnScaling>(JsonNamingPolicy.KebabCaseLower.ConvertName);
        Check<TableTask>(JsonNamingPolicy.KebabCaseLower.ConvertName);
    }

    /// <summary>The family of optimizers is written without hyphens: rmsprop, adamw.</summary>
    [Fact]
    public void Optimizers_are_one_word() => Check<OptimizerKind>(name => name.ToLowerInvariant());

    [Fact]
    public void What_is_no_name_or_no_value_is_refused()
    {
        Assert.False(SettingNames.TryParse("Sigmoid", out Activation _));
        Assert.False(SettingNames.TryParse("0", out Activation _));
        Assert.False(SettingNames.TryParse(null, out Activation _));
        Assert.Throws<ArgumentException>(() => SettingNames.Of((Activation)9));
        Assert.Throws<ArgumentException>(() => SettingNames.Of((Activation)(-1)));
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
