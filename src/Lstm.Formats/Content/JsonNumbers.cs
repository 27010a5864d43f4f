using System;
using System.Text.Json;

namespace Lstm.Formats.Content;

/// <summary>Writes floats as JSON, each as the shortest text that gives its bits again.</summary>
internal static class JsonNumbers
{
    /// <summary>An array of numbers.</summary>
    public static void WriteVector(Utf8JsonWriter json, ReadOnlySpan<float> values)
    {
        json.WriteStartArray();
        WriteItems(json, values);
        json.WriteEndArray();
    }

    /// <summary>An array of rows.</summary>
    public static void WriteMatrix(Utf8JsonWriter json, ReadOnlySpan<float> values, int columns)
    {
        json.WriteStartArray();
        for (int at = 0; at < values.Length; at += columns)
        {
            WriteVector(json, values.Slice(at, columns));
        }

        json.WriteEndArray();
    }

    /// <summary>Numbers of an array that the caller began.</summary>
    public static void WriteItems(Utf8JsonWriter json, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            json.WriteNumberValue(value);
        }
    }
}
