using System.Text;
using Nabla.Choices;
using Nabla.Data.Files;
using Nabla.Models.Formats.Network2;
using Nabla.Models.Formats.Onnx;
using Nabla.Models.Formats.Safetensors;

namespace Nabla.Models.Formats.Registries;

/// <summary>The model formats that are known by name.</summary>
/// <remarks>To use a format of your own, pass in <c>ModelFormats.BuiltIn.With(MyFormat.Choice)</c>.</remarks>
public static class ModelFormats
{
    /// <summary>The built-in formats.</summary>
    public static Registry<ModelFormat> BuiltIn { get; } = new("model format", OnnxFormat.Choice, SafetensorsFormat.Choice, Network2Format.Choice);

    extension(Registry<ModelFormat> formats)
    {
        /// <summary>All formats, in the order of the rows.</summary>
        public IEnumerable<ModelFormat> Formats => formats.Select(row => row.Create());

        /// <summary>The format of a file: by an ending that belongs to one format, so that a damaged file is read as what it was; otherwise by its first bytes.</summary>
        /// <exception cref="InvalidDataException">The file is not in one of the formats.</exception>
        public ModelFormat Recognize(string path)
        {
            string ending = Path.GetExtension(path);
            if (formats.Formats.FirstOrDefault(format => format.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase)) is { } named)
            {
                return named;
            }

            using FileStream file = OrdinaryFile.OpenRead(path, $"a file of {string.Join(", ", formats.Names.SkipLast(1))} or {formats.Names.Last()}");
            byte[] bytes = new byte[ModelFormat.StartLength];
            byte[] start = bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
            return formats.Formats.FirstOrDefault(format => format.Recognizes(start))
                ?? throw new InvalidDataException(
                    $"{path}: the file starts with {Show(start)}, which belongs to no known model format. Expected {string.Join("; or ", formats.Formats.Select(format => format.Readable))}.");
        }
    }

    /// <summary>The start of a file for messages: its text up to the first other byte, or the bytes where there is no text.</summary>
    private static string Show(byte[] start)
    {
        ReadOnlySpan<byte> text = start.AsSpan().TrimStart(" \t\r\n\uFEFF"u8);
        int end = text.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        ReadOnlySpan<byte> shown = end < 0 ? text : text[..end];
        return shown.IsEmpty ? $"the bytes {Convert.ToHexString(start)}" : $"'{Encoding.ASCII.GetString(shown)}'";
    }
}
