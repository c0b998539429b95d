using Nabla;

var request = new DataRequest
{
    Source = args is [var path] ? path : "houses.csv",
    Table = new TableOptions { Targets = ["price"] },
};
DataSplit data = DataSource.Open(request);
Model model = Model.Train(data);
Evaluation test = model.Evaluate(data.Test!);
Console.WriteLine($"R² {test.R2:0.000}, off by {test.MeanAbsoluteError:0} on average");
model.Save("houses.safetensors");

RowBinding<House> houses = model.Bind<House>(row => row
    .Column("rooms", house => house.Rooms)
    .Column("district", house => house.District)
    .Column("garden", house => house.HasGarden));
Console.WriteLine($"{houses.Predict(new House(5, "north", true)).Outputs[0]:0}");

internal sealed record House(int Rooms, string District, bool? HasGarden);
