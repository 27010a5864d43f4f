using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Lstm.Formats.Content;

/// <summary>A value in JSON that knows its path, for errors.</summary>
/// <param name="source">The file.</param>
/// <param name="element">The value.</param>
/// <param name="path">Its path, such as layers[1].weights[0].</param>
internal readonly struct JsonPlace(Source source, JsonElement element, string path)
{
    /// <summary>Its path, such as layers[1].weights[0].</summary>
    public string Path => path;

    /// <summary>What it is.</summary>
    public JsonValueKind Kind => element.ValueKind;

    /// <summary>The number of items of an array.</summary>
    /// <exception cref="LstmFormatException">It is no array.</exception>
    public int Count => Expect(JsonValueKind.Array).GetArrayLength();

    /// <summary>An item of an array, from 0.</summary>
    public JsonPlace this[int index] => new(source, element[index], FormattableString.Invariant($"{path}[{index}]"));

    /// <summary>A property that must be there.</summary>
    /// <exception cref="LstmFormatException">It is not, or this is no object.</exception>
    public JsonPlace Property(string name) => Find(name) ?? throw Refuse($"no '{name}'", $"'{name}'");

    /// <summary>A property, or null where there is none or its value is null.</summary>
    /// <exception cref="LstmFormatException">This is no object.</exception>
    public JsonPlace? Find(string name) =>
        Expect(JsonValueKind.Object).TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? new JsonPlace(source, value, Below(name))
            : null;

    /// <summary>Every property of an object, in the order of the file.</summary>
    /// <exception cref="LstmFormatException">This is no object.</exception>
    public IEnumerable<(string Name, JsonPlace Value)> Properties()
    {
        foreach (JsonProperty property in Expect(JsonValueKind.Object).EnumerateObject())
        {
            yield return (property.Name, new JsonPlace(source, property.Value, Below(property.Name)));
        }
    }

    /// <summary>Every item of an array.</summary>
    /// <exception cref="LstmFormatException">This is no array.</exception>
    public IEnumerable<JsonPlace> Items()
    {
        int index = 0;
        foreach (JsonElement item in Expect(JsonValueKind.Array).EnumerateArray())
        {
            yield return new JsonPlace(source, item, FormattableString.Invariant($"{path}[{index++}]"));
        }
    }

    /// <summary>Text.</summary>
    /// <exception cref="LstmFormatException">It is something else.</exception>
    public string Text() => Expect(JsonValueKind.String).GetString()!;

    /// <summary>A whole number.</summary>
    /// <param name="least">The least that it may be.</param>
    /// <exception cref="LstmFormatException">It is something else.</exception>
    public int Whole(int least = 0) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) && value >= least
            ? value
            : throw Refuse($"{Shown()}", FormattableString.Invariant($"a whole number of at least {least}"));

    /// <summary>A whole number of 64 bits, at least 0.</summary>
    /// <exception cref="LstmFormatException">It is something else.</exception>
    public long Long() =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value) && value >= 0
            ? value
            : throw Refuse($"{Shown()}", "a whole number of at least 0");

    /// <summary>A number.</summary>
    /// <exception cref="LstmFormatException">It is something else, or not finite.</exception>
    public double Number() =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw Refuse($"{Shown()}", "a finite number");

    /// <summary>Whether the value says yes: true, or a number other than 0.</summary>
    public bool IsSet() => element.ValueKind == JsonValueKind.True || (element.ValueKind == JsonValueKind.Number && Number() != 0);

    /// <summary>An array of numbers.</summary>
    /// <exception cref="LstmFormatException">It is something else, or a number is not finite.</exception>
    public Tensor Vector()
    {
        float[] values = new float[Count];
        CopyTo(values);
        return source.Tensor(path, [values.Length], values);
    }

    /// <summary>An array of arrays of numbers, equally long.</summary>
    /// <exception cref="LstmFormatException">It is something else, or a number is not finite.</exception>
    public Tensor Matrix()
    {
        int rows = Count;
        int columns = rows == 0 ? 0 : this[0].Count;
        foreach (JsonPlace row in Items())
        {
            if (row.Count != columns)
            {
                throw row.Refuse($"a row of {row.Count} numbers", FormattableString.Invariant($"rows of {columns} numbers, as the first one is"));
            }
        }

        float[] values = new float[rows * columns];
        int place = 0;
        foreach (JsonPlace row in Items())
        {
            row.CopyTo(values.AsSpan(place, columns));
            place += columns;
        }

        return source.Tensor(path, [rows, columns], values);
    }

    /// <summary>An array of numbers, or of arrays of numbers.</summary>
    /// <exception cref="LstmFormatException">It is something else, or a number is not finite.</exception>
    public Tensor VectorOrMatrix() => Count > 0 && this[0].Kind == JsonValueKind.Array ? Matrix() : Vector();

    /// <summary>The error for what stands here.</summary>
    public LstmFormatException Refuse(FormattableString found, string supported) =>
        source.Refuse(path.Length == 0 ? "its root" : Quoted.Of(path), found, supported);

    /// <summary>The value for a message.</summary>
    public string Shown() => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => Quoted.Of(element.GetRawText()),
    };

    private void CopyTo(Span<float> values)
    {
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetSingle(out values[index]))
            {
                JsonPlace wrong = this[index];
                throw wrong.Refuse($"{wrong.Shown()}", "a number");
            }

            index++;
        }
    }

    private string Below(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private JsonElement Expect(JsonValueKind kind) => element.ValueKind == kind ? element : throw Refuse($"{Shown()}", kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => "text",
    });
}
