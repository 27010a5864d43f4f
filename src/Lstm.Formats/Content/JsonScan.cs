using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Unicode;

namespace Lstm.Formats.Content;

/// <summary>Parses JSON, strictly: no name twice in an object, no comments, a bounded depth.</summary>
internal static class JsonScan
{
    private const int MaxDepth = 64;
    private const string Supported = "JSON, UTF-8, each name once in an object, at most 64 levels deep";

    /// <summary>Parses a document whose root is an object.</summary>
    /// <param name="source">The file.</param>
    /// <param name="json">The part of it that is JSON.</param>
    /// <param name="place">What to call this part.</param>
    /// <returns>The document, for the caller to dispose.</returns>
    /// <exception cref="LstmFormatException">It is not such JSON.</exception>
    public static JsonDocument Parse(Source source, ReadOnlyMemory<byte> json, string place)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (json.Span.StartsWith(mark))
        {
            json = json[mark.Length..];
        }

        if (!Utf8.IsValid(json.Span))
        {
            throw source.Refuse(place, $"bytes that are not UTF-8", Supported);
        }

        try
        {
            CheckNames(source, json.Span, place);
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException error)
        {
            long line = (error.LineNumber ?? 0) + 1;
            string message = Quoted.Of(error.Message.Split(" LineNumber:", 2)[0].TrimEnd('.'), longest: 200);
            throw source.Refuse(
                FormattableString.Invariant($"{place}, line {line}, byte {error.BytePositionInLine ?? 0}"), $"'{message}'", Supported, error);
        }
        catch (InvalidOperationException error)
        {
            throw source.Refuse(place, $"text that is not Unicode", Supported, error);
        }
    }

    private static void CheckNames(Source source, ReadOnlySpan<byte> json, string place)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var objects = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    objects.Push([]);
                    break;
                case JsonTokenType.EndObject:
                    objects.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    string name = reader.GetString()!;
                    if (!objects.Peek().Add(name))
                    {
                        string at = FormattableString.Invariant($"{place}, byte {reader.TokenStartIndex}");
                        throw source.Refuse(at, $"the name '{Quoted.Of(name)}' a second time", Supported);
                    }

                    break;
                case JsonTokenType.String when reader.ValueIsEscaped:
                    reader.GetString(); // throws where escapes make no text
                    break;
            }
        }
    }
}
