using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Lstm.Tasks.Sequences;

/// <summary>
/// The embedded Reber grammar: B, T or P, a string of the Reber grammar, the same T or P, E. After each symbol one or two may follow.
/// </summary>
internal static class ReberGrammar
{
    /// <summary>The symbols; the place of each is its number.</summary>
    public const string Symbols = "BTPSXVE";

    /// <summary>The Reber grammar: from each node, the symbols that lead on, and the nodes that they lead to. The last E ends a string.</summary>
    private static readonly (char Symbol, int Node)[][] Nodes =
    [
        [('B', 1)],
        [('T', 2), ('P', 3)],
        [('S', 2), ('X', 4)],
        [('T', 3), ('V', 5)],
        [('X', 3), ('S', 6)],
        [('P', 4), ('V', 6)],
        [('E', -1)],
    ];

    /// <summary>A random string. Where two symbols may follow, each has probability 0.5.</summary>
    public static string Draw(Random random)
    {
        char outer = random.Next(2) == 0 ? 'T' : 'P';
        var text = new StringBuilder("B").Append(outer);
        for (int node = 0; node >= 0;)
        {
            (char symbol, node) = Nodes[node][random.Next(Nodes[node].Length)];
            text.Append(symbol);
        }

        return text.Append(outer).Append('E').ToString();
    }

    /// <summary>What may follow each symbol of a string.</summary>
    /// <returns>For each symbol but the last, the symbols that may be the next one; null if the string is not of the grammar.</returns>
    public static IReadOnlyList<string>? Followers(string text)
    {
        if (text.Length < 5 || text[0] != 'B' || text[1] is not ('T' or 'P'))
        {
            return null;
        }

        List<string> followers = ["TP", "B"];
        int node = 0;
        int place = 2;
        for (; node >= 0 && place < text.Length; place++)
        {
            (char symbol, int next) = Nodes[node].FirstOrDefault(edge => edge.Symbol == text[place]);
            if (symbol == default)
            {
                return null;
            }

            node = next;
            followers.Add(node < 0 ? text[1].ToString() : string.Concat(Nodes[node].Select(static edge => edge.Symbol)));
        }

        followers.Add("E");
        return node < 0 && text.Length == place + 2 && text[place] == text[1] && text[place + 1] == 'E' ? followers : null;
    }
}
