using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Model;

namespace Lstm.Generators.Planning;

/// <summary>A vector of sums that holds one or more gates of its units, as they stand in a row of weights.</summary>
/// <param name="Name">What its locals are called.</param>
/// <param name="Method">The method that activates all of it; null where gates leave the vector before.</param>
/// <param name="Gates">The gates it holds.</param>
/// <param name="Place">Where it stands among the vectors of a row.</param>
internal sealed record GateVector(string Name, string? Method, IReadOnlyList<Gate> Gates, int Place)
{
    /// <summary>Whether it holds sigmas only.</summary>
    public bool IsSigma => Gates.All(gate => gate.IsSigma);

    /// <summary>What its activation leaves in it, in words: the gates, or the form in which they are carried.</summary>
    public string Equation(bool carriesHalves)
    {
        if (Gates.Count == 1 && !carriesHalves)
        {
            return $"({Gates[0].Number}) {Gates[0].Equation}";
        }

        string Part(bool sigma, string value)
        {
            Gate[] some = Gates.Where(gate => gate.IsSigma == sigma).ToArray();
            string names = string.Join(", ", some.Select(gate => gate.Name));
            return some.Length == 0 ? string.Empty : $"{string.Join(" ", some.Select(gate => $"({gate.Number})"))} {names}: {value}";
        }

        string[] parts =
        {
            Part(sigma: true, carriesHalves ? "2 sigma(z) - 1" : "sigma(z)"),
            Part(sigma: false, carriesHalves ? "tanh(z) / 2" : "tanh(z)"),
        };
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    /// <summary>The vectors of sums of a vector of units, in the order of their places.</summary>
    /// <param name="together">Gates in a vector: 1, 2 or 4.</param>
    public static IReadOnlyList<GateVector> Of(int together, ActivationPlan activations) => together switch
    {
        4 => new[] { new GateVector("gates", activations.CarriesHalves ? "AllGates" : null, Model.Gates.All, 0) },
        2 => new[] { RememberAndSave(activations), FocusAndCandidate(activations) },
        _ => Model.Gates.All.Select(gate => One(gate, activations)).ToArray(),
    };

    /// <summary>
    /// What is activated together, in the order in which it is needed: focus comes last, since only wm waits for it. Where vectors hold several gates
    /// but sigma and tanh have formulas of their own, rem and save are activated in one vector, ltm' and focus alone.
    /// </summary>
    public static IReadOnlyList<GateVector> Activated(int together, ActivationPlan activations)
    {
        GateVector[] last = { One(Model.Gates.Candidate, activations), One(Model.Gates.Focus, activations) };
        return (together, activations.CarriesHalves) switch
        {
            (1, _) => new[] { One(Model.Gates.Remember, activations), One(Model.Gates.Save, activations) }.Concat(last).ToArray(),
            (_, true) => Of(together, activations),
            _ => new[] { RememberAndSave(activations) }.Concat(last).ToArray(),
        };
    }

    private static GateVector One(Gate gate, ActivationPlan activations) =>
        new(gate.Name, gate.IsSigma ? activations.Sigma : activations.Tanh, new[] { gate }, gate.Place);

    private static GateVector RememberAndSave(ActivationPlan activations) =>
        new("remSave", activations.Sigma, new[] { Model.Gates.Remember, Model.Gates.Save }, 0);

    private static GateVector FocusAndCandidate(ActivationPlan activations) =>
        new("focusCand", activations.CarriesHalves ? "FocusAndCand" : null, new[] { Model.Gates.Focus, Model.Gates.Candidate }, 1);
}
