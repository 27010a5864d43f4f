using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Formats.Layers;
using Xunit;

namespace Lstm.Formats.Tests;

public class GateOrderTests
{
    /// <summary>The table once more, in the usual letters: i save, f remember, o focus, g candidate.</summary>
    private static readonly Dictionary<string, string> Letters = new()
    {
        ["PyTorch"] = "ifgo", ["Keras"] = "ifgo", ["ONNX"] = "iofg", ["TensorFlow 1"] = "igfo", ["RTNeural"] = "ifgo", ["NAM"] = "ifgo",
        ["CoreML"] = "ifog", ["DL4J"] = "gfoi", ["OpenVINO"] = "figo",
    };

    public static TheoryData<string, string, bool, bool> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, bool, bool>();
            foreach (GateOrder from in GateOrder.All)
            {
                foreach (GateOrder to in GateOrder.All)
                {
                    foreach (bool transposed in (bool[])[false, true])
                    {
                        pairs.Add(from.Name, to.Name, transposed, false);
                        pairs.Add(from.Name, to.Name, transposed, true);
                    }
                }
            }

            return pairs;
        }
    }

    [Fact]
    public void Table_HasEachGateOnce_InTheOrderOfTheLetters()
    {
        Assert.Equal(Letters.Keys.Order(), GateOrder.All.Select(static order => order.Name).Order());
        foreach (GateOrder order in GateOrder.All)
        {
            Assert.Equal(Letters[order.Name], new string([.. Enumerable.Range(0, 4).Select(block => Letter(order[block]))]));
        }
    }

    /// <summary>From one format's matrix to another's: block after block as the letters say, rows and columns as the form says.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void FromAnyOrderToAny_EveryNumberIsInTheBlockOfItsLetter(string from, string to, bool transposedFrom, bool transposedTo)
    {
        const int hidden = 3;
        const int columns = 2;
        GateOrder fromOrder = GateOrder.All.Single(order => order.Name == from);
        GateOrder toOrder = GateOrder.All.Single(order => order.Name == to);
        float[] start = Stacked(Letters[from], transposedFrom);
        float[][] gates = GateBlocks.Split(start, fromOrder, hidden, columns, transposedFrom);
        Assert.Equal(Stacked(Letters[to], transposedTo), GateBlocks.Join(gate => gates[(int)gate], toOrder, hidden, columns, transposedTo));

        // A number says its letter, row and column: 1000 i + 10 row + column.
        static float[] Stacked(string letters, bool transposed)
        {
            var rows = letters.SelectMany(letter => Enumerable.Range(0, hidden).Select(row => (letter, row))).ToList();
            IEnumerable<float> numbers = transposed
                ? Enumerable.Range(0, columns).SelectMany(column => rows.Select(row => Number(row.letter, row.row, column)))
                : rows.SelectMany(row => Enumerable.Range(0, columns).Select(column => Number(row.letter, row.row, column)));
            return [.. numbers];
        }

        static float Number(char letter, int row, int column) => (1000 * "ifog".IndexOf(letter)) + (10 * row) + column;
    }

    private static char Letter(Gate gate) => gate switch
    {
        Gate.Save => 'i',
        Gate.Remember => 'f',
        Gate.Focus => 'o',
        Gate.Candidate => 'g',
        _ => throw new ArgumentOutOfRangeException(nameof(gate)),
    };
}
