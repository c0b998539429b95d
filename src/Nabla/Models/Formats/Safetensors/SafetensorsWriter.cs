using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Nabla.Data.Files;
using Nabla.Models.Content;
using Nabla.Models.Formats.Json;

namespace Nabla.Models.Formats.Safetensors;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">F32 or F64.</param>
/// <param name="Shape">The axes, outermost first.</param>
/// <param name="Write">Writes the elements, row-major.</param>
internal sealed record TensorContent(string Name, string ElementType, IReadOnlyList<long> Shape, Action<TensorStream> Write);

/// <summary>Writes safetensors files: the same bytes for the same content, the tensors in the order given.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes a file whole or not at all.</summary>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<TensorContent> tensors)
    {
        byte[] header = Header(metadata, tensors);
        AtomicFile.Write(path, stream => Write(stream, header, tensors));
    }

    /// <summary>Writes to a stream.</summary>
    public static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<TensorContent> tensors) =>
        Write(stream, Header(metadata, tensors), tensors);

    /// <summary>Writes a file with its checksum in the metadata, whole or not at all.</summary>
    public static void WriteChecked(string path, IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<TensorContent> tensors)
    {
        byte[] header = Header([.. metadata, new(SafetensorsChecksum.Key, SafetensorsChecksum.Placeholder)], tensors);
        AtomicFile.Write(path, stream =>
        {
            using var sha = SHA256.Create();
            using (var hashing = new CryptoStream(stream, sha, CryptoStreamMode.Write, leaveOpen: true))
            {
                Write(hashing, header, tensors);
            }

            SafetensorsChecksum.Complete(stream, header, sha.Hash!);
        });
    }

    private static void Write(Stream stream, byte[] header, IReadOnlyList<TensorContent> tensors)
    {
        stream.Write(header);
        var data = new TensorStream(stream);
        foreach (TensorContent tensor in tensors)
        {
            tensor.Write(data);
        }
    }

    /// <summary>The length of the header and the header, padded with spaces so that the data starts at a multiple of 8.</summary>
    private static byte[] Header(IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<TensorContent> tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // The model is JSON inside a JSON string: relaxed escaping keeps it readable.
        using (var json = new Utf8JsonWriter(buffer, JsonWriting.Relaxed))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach ((string key, string value) in metadata)
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            long start = 0;
            foreach (TensorContent tensor in tensors)
            {
                start = WriteEntry(json, tensor, start);
            }

            json.WriteEndObject();
        }

        int padded = (buffer.WrittenCount + 7) & ~7;
        byte[] header = new byte[8 + padded];
        BinaryPrimitives.WriteInt64LittleEndian(header, padded);
        buffer.WrittenSpan.CopyTo(header.AsSpan(8));
        header.AsSpan(8 + buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static long WriteEntry(Utf8JsonWriter json, TensorContent tensor, long start)
    {
        long bytes = TensorType.Bits(tensor.ElementType)!.Value / 8;
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.ElementType);
        json.WriteStartArray("shape");
        foreach (long axis in tensor.Shape)
        {
            json.WriteNumberValue(axis);
            bytes = checked(bytes * axis);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(start + bytes);
        json.WriteEndArray();
        json.WriteEndObject();
        return start + bytes;
    }
}
