using System;
using System.Collections.Generic;

namespace ExploringLstms;

/// <summary>What is looked at in a neuron, step by step.</summary>
internal enum Quantity
{
    /// <summary>ltm, the long-term memory.</summary>
    Ltm,

    /// <summary>wm, the working memory.</summary>
    Wm,

    /// <summary>ltm', what may be added to ltm.</summary>
    Candidate,

    /// <summary>rem, how much of ltm stays.</summary>
    Remember,

    /// <summary>save, how much of ltm' is added.</summary>
    Save,

    /// <summary>focus, how much of tanh(ltm) becomes wm.</summary>
    Focus,
}

/// <summary>The quantities by their names.</summary>
internal static class Quantities
{
    public static readonly IReadOnlyList<Quantity> All = Enum.GetValues<Quantity>();

    public static int Count => All.Count;

    /// <summary>As equations (1) to (6) name it.</summary>
    public static string Symbol(this Quantity quantity) => quantity switch
    {
        Quantity.Ltm => "ltm",
        Quantity.Wm => "wm",
        Quantity.Candidate => "ltm'",
        Quantity.Remember => "rem",
        Quantity.Save => "save",
        _ => "focus",
    };

    /// <summary>As others name it.</summary>
    public static string UsualName(this Quantity quantity) => quantity switch
    {
        Quantity.Ltm => "long-term memory, cell state c",
        Quantity.Wm => "working memory, hidden state h",
        Quantity.Candidate => "candidate g",
        Quantity.Remember => "remember gate, forget gate f",
        Quantity.Save => "save gate, input gate i",
        _ => "focus gate, output gate o",
    };

    /// <summary>Whether it lies between 0 and 1; else its sign matters.</summary>
    public static bool IsGate(this Quantity quantity) => quantity >= Quantity.Remember;
}
