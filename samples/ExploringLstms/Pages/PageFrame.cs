using System.IO;
using System.Net;

namespace ExploringLstms;

/// <summary>What begins and ends every page: nothing is loaded from elsewhere.</summary>
internal static class PageFrame
{
    /// <summary>Text as it stands in a page.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static string Begin(string title) =>
        $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">
        <title>{Text(title)}: gates and memories of an LSTM</title>
        <style>{Resource("page.css")}</style></head><body>

        """;

    public static string End(bool withScript) =>
        (withScript ? $"<script>{Resource("page.js")}</script>" : string.Empty) + "</body></html>\n";

    private static string Resource(string name)
    {
        using Stream stream = typeof(PageFrame).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
