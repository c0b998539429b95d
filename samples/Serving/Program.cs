using System.Text.Json.Serialization;
using Nabla.Serving;
using Nabla.Serving.Http;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, HouseJson.Default));
builder.Services.AddNablaModel<House>(builder.Configuration["model"] ?? "houses.safetensors", row => row
    .Column("rooms", house => house.Rooms)
    .Column("district", house => house.District)
    .Column("garden", house => house.Garden)
    .Column("sold", house => house.Sold));

WebApplication app = builder.Build();
app.MapNabla("/nabla");
app.MapPost("/price", (House house, RowPredictor<House> houses) => new Price(Math.Round(houses.Predict(house).Outputs[0])));
app.Run();

internal sealed record House(double? Rooms, string District, bool? Garden, DateOnly Sold);

internal sealed record Price(double Value);

[JsonSerializable(typeof(House))]
[JsonSerializable(typeof(Price))]
internal sealed partial class HouseJson : JsonSerializerContext;
