using System.Collections.Generic;

namespace Lstm.Generators.Model;

/// <summary>One of the four gates.</summary>
/// <param name="Place">Where it stands in a row of weights, and in a row of gates: from 0, the values of <c>Lstm.Gate</c>.</param>
/// <param name="Name">What generated locals are called.</param>
/// <param name="IsSigma">Whether it is a sigma; else it is a tanh.</param>
/// <param name="Number">The number of its equation.</param>
/// <param name="Equation">Its equation from the sum z of its inputs.</param>
/// <param name="Definition">Its equation from x and wm.</param>
internal sealed record Gate(int Place, string Name, bool IsSigma, int Number, string Equation, string Definition);

/// <summary>The one table of gates: everything that depends on which gates there are, or on their order, is asked here.</summary>
internal static class Gates
{
    public static readonly Gate Remember = new(0, "rem", true, 1, "rem = sigma(z_rem)", "rem   = sigma(W_r x + U_r wm + b_r)");
    public static readonly Gate Save = new(1, "save", true, 3, "save = sigma(z_save)", "save  = sigma(W_s x + U_s wm + b_s)");
    public static readonly Gate Focus = new(2, "focus", true, 5, "focus = sigma(z_focus)", "focus = sigma(W_f x + U_f wm + b_f)");
    public static readonly Gate Candidate = new(3, "cand", false, 2, "ltm' = tanh(z_cand)", "ltm'  = tanh(W_l x + U_l wm + b_l)");

    /// <summary>In the order of their places.</summary>
    public static readonly IReadOnlyList<Gate> All = new[] { Remember, Save, Focus, Candidate };

    /// <summary>How many there are.</summary>
    public static int Count => All.Count;
}
