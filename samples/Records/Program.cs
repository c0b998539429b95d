using System.Globalization;
using Nabla;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var random = new Random(1);
House[] houses = [.. Enumerable.Range(0, 1000).Select(_ => House.Draw(random))];

DataSplit data = DataSource.FromRecords(houses, House.Columns, new RowsOptions { Name = "houses", Seed = 1 });
Model model = Model.Train(data);
Console.WriteLine($"R2 {model.Evaluate(data.Test!).R2:0.000} on {data.Test!.Count} houses");

RowBinding<House> prices = model.Bind<House>(House.Columns);
var mine = new House(Area: 120, Rooms: 4, City: "Bern", HasGarden: true, Built: new DateOnly(1990, 5, 1), Price: null);
Console.WriteLine($"a house in {mine.City} costs about {prices.Predict(mine).Outputs[0]:0}");

/// <summary>A house as a program has it. Any field may be unknown but the price of a house to learn from.</summary>
internal sealed record House(double? Area, int? Rooms, string? City, bool? HasGarden, DateOnly? Built, decimal? Price)
{
    private static readonly string[] Cities = ["Basel", "Bern", "Zug"];

    /// <summary>Says once which columns there are, for training and for prediction.</summary>
    public static void Columns(RowColumns<House> row) => row
        .Column("area", house => house.Area)
        .Column("rooms", house => house.Rooms)
        .Column("city", house => house.City)
        .Column("garden", house => house.HasGarden)
        .Column("built", house => house.Built)
        .Target("price", house => house.Price);

    /// <summary>Makes up a house: 2,000 a square metre, more in Zug, more with a garden.</summary>
    public static House Draw(Random random)
    {
        double area = random.Next(40, 200);
        int city = random.Next(Cities.Length);
        bool hasGarden = random.Next(2) == 0;
        DateOnly? built = random.Next(10) == 0 ? null : new DateOnly(1950, 1, 1).AddDays(random.Next(25_000));
        double price = (2000 * area * (city == 2 ? 1.5 : 1)) + (hasGarden ? 50_000 : 0) + random.Next(-10_000, 10_000);
        return new House(area, 1 + (int)(area / 30), Cities[city], hasGarden, built, (decimal)price);
    }
}
