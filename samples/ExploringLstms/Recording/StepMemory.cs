using System;

namespace ExploringLstms;

/// <summary>Room for all quantities of one step of one layer: d numbers of each.</summary>
internal readonly ref struct StepMemory(Span<float> values)
{
    private readonly Span<float> values = values;

    /// <summary>The numbers of one quantity.</summary>
    public Span<float> this[Quantity quantity]
    {
        get
        {
            int hidden = values.Length / Quantities.Count;
            return values.Slice((int)quantity * hidden, hidden);
        }
    }
}
