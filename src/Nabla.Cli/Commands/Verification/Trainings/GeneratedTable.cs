using System.Globalization;
using System.Text;

namespace Nabla.Cli.Commands.Verification.Trainings;

/// <summary>
/// A table of 240 flats with numbers, names, dates, yes and no, and missing cells. The last column, the price, follows
/// from the others.
/// </summary>
internal static class GeneratedTable
{
    /// <summary>The name of the table among the published trainings.</summary>
    public const string Name = "flats";

    private const int Rows = 240;

    private static readonly string[] Towns = ["Ahlen", "Bonn", "Celle", "Dresden"];

    /// <summary>Writes the table as a CSV file, and opens it as any other table. The file is deleted.</summary>
    public static DataSplit Open(DataRequest request)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nabla-verify-");
        try
        {
            string file = Path.Combine(folder.FullName, Name + ".csv");
            File.WriteAllText(file, Text());
            return DataSource.Open(request with { Source = file });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The table as text. Whole numbers alone decide it.</summary>
    private static string Text()
    {
        var text = new StringBuilder("area,rooms,town,balcony,built,price\n");
        uint state = 1;
        for (int row = 0; row < Rows; row++)
        {
            int rooms = 1 + Next(6), area = (18 * rooms) + Next(25), town = Next(Towns.Length);
            int balcony = Next(2), year = 1950 + Next(75);
            int price = (area * (2100 + (400 * town))) + (balcony * 9000) + ((year - 1950) * 350) + (Next(40) * 500);
            string cell = row % 17 == 5 ? "" : area.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{cell},{rooms},{Towns[town]},{(balcony == 1 ? "yes" : "no")},");
            text.Append(CultureInfo.InvariantCulture, $"{year}-0{1 + Next(9)}-1{Next(10)},{price}\n");
        }

        return text.ToString();

        // The linear congruential generator of Numerical Recipes; its high bits are the better ones.
        int Next(int count)
        {
            state = unchecked((state * 1664525) + 1013904223);
            return (int)((state >> 16) % (uint)count);
        }
    }
}
