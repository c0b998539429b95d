using System.Text;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using Nabla.Data.Tables.Text;
using Nabla.Numerics.Random;
using Xunit;

namespace Nabla.Tests.Data.Tables.Text;

public class DelimitedReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b/1|2")]
    [InlineData("a,b\r\n1,2", "a|b/1|2")]
    [InlineData("a;b\n1;2\n", "a|b/1|2")]
    [InlineData("a\tb\n1\t\n", "a|b/1|")]
    [InlineData("a|b\n1|2\n", "a|b/1|2")]
    [InlineData("a\n\n \n1\n", "a/1")]
    [InlineData("\"a,1\",\"say \"\"hi\"\"\"\n\"two\nlines\", \"x\" \n", "a,1|say \"hi\"/two\nlines|x")]
    [InlineData("a;b\n\"1,5\";\"2,5\"\n", "a|b/1,5|2,5")]
    [InlineData("\"\",\"\"\"\"\n", "|\"")]
    [InlineData(",\n", "|")]
    public void Rows_are_what_RFC_4180_says(string text, string expected) => Assert.Equal(expected, Show(Read(text)));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name() => Assert.Equal("a|b", Show(Read("\uFEFFa,b\n")));

    [Theory]
    [InlineData("a,b\n1,\"2\n", ":2: the double quote that opens field 2 is not closed")]
    [InlineData("a,b\n1,2\"3\n", ":2: field 2 has a double quote inside")]
    [InlineData("a,b\n\"1\"2,3\n", ":2: field 1 continues after its closing quote")]
    [InlineData("a,b\rc,d\re,f", ":1: a carriage return without a line feed")]
    [InlineData("\"a\nb\",c\n\"x\n", ":3: the double quote")]
    public void What_the_format_does_not_allow_is_named_by_its_line(string text, string message)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(text));
        Assert.StartsWith("t.csv" + message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_NUL_byte_and_UTF_16_are_named_by_their_byte()
    {
        Assert.Contains("byte 3: a NUL byte", Assert.Throws<InvalidDataException>(() => Read("a,b\0")).Message, StringComparison.Ordinal);
        Assert.Contains("UTF-16", Assert.Throws<InvalidDataException>(() => Rows(new MemoryStream([0xFF, 0xFE, (byte)'a', 0]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_end_is_refused_before_it_fills_the_memory()
    {
        using var endless = new RepeatedText("1,2,\"3\"\"", long.MaxValue);
        Assert.Contains("longer than 16777216 bytes", Assert.Throws<InvalidDataException>(() => Rows(endless)).Message, StringComparison.Ordinal);
        using var wide = new RepeatedText("1,", 1 << 20);
        Assert.Contains("more than 100000 fields", Assert.Throws<InvalidDataException>(() => Rows(wide)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_random_table_reads_as_CsvHelper_reads_it() =>
        Prop.ForAll(Tables().ToArbitrary(), table => Assert.Equal(Show(ByCsvHelper(table.Text, table.Separator)), Show(Rows(new Trickle(Encoding.UTF8.GetBytes(table.Text)), (byte)table.Separator))))
            .QuickCheckThrowOnFailure();

    /// <summary>The output of CsvHelper is read back, cell by cell.</summary>
    [Fact]
    public void What_CsvHelper_writes_reads_back() =>
        Prop.ForAll(Gen.ArrayOf(Gen.ArrayOf(Cell(), 3)).Where(rows => rows.Length > 0).ToArbitrary(), rows =>
        {
            using var text = new StringWriter();
            using (var writer = CsvWriter.Create(text, new CsvWriterOptions { Separator = ',', NewLine = "\r\n" }, leaveOpen: true))
            {
                foreach (string[] row in rows)
                {
                    writer.WriteRecord(row);
                }
            }

            Assert.Equal(Show(rows), Show(Rows(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), (byte)',')));
        }).QuickCheckThrowOnFailure();

    private static Gen<string> Cell() =>
        from length in Gen.Choose(0, 8)
        from letters in Gen.ArrayOf(Gen.Elements("ab1.-é∇\",;\n\t|".ToCharArray()), length)
        select new string(letters);

    /// <summary>Tables with quoted and plain cells, blank lines and both kinds of line ends.</summary>
    private static Gen<(string Text, char Separator)> Tables() =>
        from separator in Gen.Elements(',', ';', '\t', '|')
        from end in Gen.Elements("\n", "\r\n")
        from columns in Gen.Choose(2, 5)
        from rows in Gen.NonEmptyListOf(Gen.ArrayOf(Cell(), columns))
        from blank in Gen.Choose(0, 5)
        from last in Gen.Elements("", end)
        select (string.Join(blank == 0 ? end + end : end, rows.Select(row => string.Join(separator, row.Select(cell => Written(cell, separator))))) + last, separator);

    private static string Written(string cell, char separator) =>
        cell.AsSpan().IndexOfAny([separator, '"', '\n']) >= 0 || cell.Length % 3 == 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static List<string[]> ByCsvHelper(string text, char separator)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions { Separator = separator, HasHeader = false, SkipEmptyLines = true });
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i))]);
        }

        return rows;
    }

    private static List<string[]> Read(string text) => Rows(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static List<string[]> Rows(Stream stream, byte? separator = null)
    {
        var reader = new DelimitedReader(stream, "t.csv", separator);
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Encoding.UTF8.GetString(reader.Field(i)))]);
        }

        return rows;
    }

    [Fact]
    public void Rows_of_plain_numbers_may_be_wider_and_longer_than_those_of_tables()
    {
        const int Wide = 200_000;
        string text = string.Join(',', Enumerable.Repeat("0.5", Wide)) + "\n";
        Assert.Contains(
            "more than 100000 fields",
            Assert.Throws<InvalidDataException>(() => Wider(DelimitedReader.LongestRow, DelimitedReader.MaxFields)).Message,
            StringComparison.Ordinal);
        Assert.Equal(Wide, Wider(DelimitedReader.LongestRow, Wide));
        Assert.Contains("longer than 65536 bytes", Assert.Throws<InvalidDataException>(() => Wider(1 << 16, Wide)).Message, StringComparison.Ordinal);

        int Wider(int longestRow, int maxFields)
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var reader = new DelimitedReader(stream, "wide", longestRow: longestRow, maxFields: maxFields);
            Assert.True(reader.Read());
            return reader.FieldCount;
        }
    }

    private static string Show(IEnumerable<string[]> rows) => string.Join('/', rows.Select(row => string.Join('|', row)));

    /// <summary>Bytes that arrive a few at a time, as from a pipe.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly CounterRandomSource source = new();

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1 + source.Next(7)));
    }

    private sealed class CounterRandomSource
    {
        private CounterRandom random = new(1, (RandomPurpose)0xF1, 0);

        public int Next(int limit) => random.NextInt32(limit);
    }

    private sealed class RepeatedText(string text, long times) : Stream
    {
        private readonly byte[] bytes = Encoding.UTF8.GetBytes(text);
        private long given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = 0;
            for (; read < count && given / bytes.Length < times; read++, given++)
            {
                buffer[offset + read] = bytes[given % bytes.Length];
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
