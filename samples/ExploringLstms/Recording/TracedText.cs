using System;
using System.Collections.Generic;
using System.Linq;

namespace ExploringLstms;

/// <summary>A string as a network read it: gates and memories of every neuron at every character, and what it would have written next.</summary>
internal sealed class TracedText
{
    private readonly float[] values;

    /// <param name="read">What was read, a character for each step.</param>
    /// <param name="layers">L.</param>
    /// <param name="hidden">d.</param>
    /// <param name="values">T x L x quantities x d, as <see cref="StepMemory"/> has them.</param>
    /// <param name="next">What was determined to come next; null where nothing was.</param>
    /// <param name="written">What the network would have written next.</param>
    public TracedText(string read, int layers, int hidden, float[] values, IReadOnlyList<char?> next, string written)
    {
        Read = read;
        Layers = layers;
        Hidden = hidden;
        this.values = values;
        Next = next;
        Written = written;
    }

    /// <summary>What was read, the end of the string before first.</summary>
    public string Read { get; }

    /// <summary>What was determined to come next; null where nothing was.</summary>
    public IReadOnlyList<char?> Next { get; }

    /// <summary>The likeliest next character of each step.</summary>
    public string Written { get; }

    public int Steps => Read.Length;

    public int Layers { get; }

    public int Hidden { get; }

    /// <summary>Whether every determined character was the likeliest.</summary>
    public bool IsRight => Enumerable.Range(0, Steps).All(t => Next[t] is null || Next[t] == Written[t]);

    /// <summary>What one neuron had at one step.</summary>
    public float this[Neuron neuron, Quantity quantity, int t] =>
        values[(((((t * Layers) + neuron.Layer) * Quantities.Count) + (int)quantity) * Hidden) + neuron.Unit];

    /// <summary>Every neuron, layer by layer.</summary>
    public IEnumerable<Neuron> Neurons =>
        Enumerable.Range(0, Layers).SelectMany(layer => Enumerable.Range(0, Hidden).Select(unit => new Neuron(layer, unit)));
}

/// <summary>A unit of a layer, both from 0.</summary>
internal readonly record struct Neuron(int Layer, int Unit)
{
    /// <summary>As pages call it: from 1, with the layer where there are several.</summary>
    public string NameIn(int layers) => layers == 1 ? $"{Unit + 1}" : $"{Layer + 1}.{Unit + 1}";
}
