using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Lstm.Generators.Diagnostics;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Parsing.Weights;

/// <summary>Completes a declaration that takes its weights and sizes from a file: the second step of the pipeline.</summary>
internal static class WeightsResolver
{
    /// <summary>The declaration with the sizes of its file, or with what does not fit; as it is, where it names no file.</summary>
    /// <param name="files">Every file of weights that the project has.</param>
    public static ParsedDeclaration<TSpec> Resolve<TSpec>(ParsedDeclaration<TSpec> declaration, EquatableArray<WeightsDescriptor> files)
        where TSpec : class, ISpec
    {
        if (declaration is not { Weights: { } request, Spec: { } asked })
        {
            return declaration;
        }

        WeightsDescriptor? file = files.FirstOrDefault(candidate => IsNamed(candidate, request.Name));
        ImmutableArray<Problem> problems = file is null ? ImmutableArray.Create(Unknown(request, files))
            : file.Layout != NetworkLayout.Version || !file.IsWhole ? ImmutableArray.Create(OtherLayout(request, file))
            : Contradictions(request, file).ToImmutableArray();
        if (file is null || !problems.IsEmpty)
        {
            return Refused(problems);
        }

        ISpec spec = With(asked, file);
        return DeclarationProblems.TooLarge(spec, request.Type, request.PlaceOf) is { } tooLarge
            ? Refused(ImmutableArray.Create(tooLarge))
            : new ParsedDeclaration<TSpec>((TSpec)spec, null, default);

        ParsedDeclaration<TSpec> Refused(ImmutableArray<Problem> found) => new(
            null,
            declaration.Stub is { } stub ? stub with { Notes = stub.Notes with { Reason = found[0].Text } } : null,
            new EquatableArray<Problem>(found));
    }

    private static bool IsNamed(WeightsDescriptor file, string name) =>
        string.Equals(file.Name, name, StringComparison.Ordinal) || string.Equals(file.Path, name.Replace('\\', '/'), StringComparison.Ordinal);

    private static Problem Unknown(WeightsRequest request, EquatableArray<WeightsDescriptor> files)
    {
        string known = string.Join(", ", files.Select(file => $"'{file.Name}'"));
        return Problem.At(
            Descriptors.UnknownWeights, request.PlaceOf("Weights"), request.Name, known.Length == 0 ? string.Empty : $" (there is {known})");
    }

    /// <summary>What was not written to its end has no layout.</summary>
    private static Problem OtherLayout(WeightsRequest request, WeightsDescriptor file) => Problem.At(
        Descriptors.OtherLayout, request.PlaceOf("Weights"), file.Name, Text(file.Layout == NetworkLayout.Version ? 0 : file.Layout),
        Text(NetworkLayout.Version));

    private static IEnumerable<Problem> Contradictions(WeightsRequest request, WeightsDescriptor file)
    {
        if (OtherKind(request, file) is { } other)
        {
            yield return other;
            yield break;
        }

        foreach ((string size, int value) in new[]
        {
            (nameof(LstmNetworkSpec.Input), file.Input), (nameof(LstmNetworkSpec.Hidden), file.Hidden),
            (nameof(LstmNetworkSpec.Output), file.Output), (nameof(LstmNetworkSpec.Layers), file.Layers),
        })
        {
            if (request.Argument(size) is { Value: { } written } argument && written != value)
            {
                string right = $"{size} = {Text(value)}";
                yield return Contradiction(argument.Place, $"{size} = {Text(written)}", file, right, $"{right}, or leave it out");
            }
        }

        if (request.Argument(nameof(ISpec.Scalar)) is { Value: (int)ScalarKind.Double } scalar)
        {
            yield return Contradiction(scalar.Place, "Scalar.Double", file, "floats when it is packed", "no Scalar");
        }
    }

    /// <summary>A cell is one layer without a readout, a network has one.</summary>
    private static Problem? OtherKind(WeightsRequest request, WeightsDescriptor file)
    {
        bool isCell = request.Kind == DeclarationKind.Cell.Name;
        bool fits = isCell ? file is { Output: 0, Layers: 1 } : file.Output > 0;
        if (fits)
        {
            return null;
        }

        string found = file.Output == 0
            ? $"{Text(file.Layers)} layer{(file.Layers == 1 ? string.Empty : "s")} and no readout"
            : $"a readout, Output = {Text(file.Output)}";
        string right = file.Output > 0 ? $"[LstmNetwork(Weights = \"{request.Name}\")]"
            : file.Layers == 1 ? $"[LstmCell(Weights = \"{request.Name}\")]"
            : "the name of a file with a readout, or with one layer";
        return Contradiction(request.Attribute, $"[{request.Kind}]", file, found, right);
    }

    private static Problem Contradiction(Place place, string written, WeightsDescriptor file, string found, string right) =>
        Problem.At(Descriptors.OtherThanWeights, place, written, file.Name, found, right);

    private static ISpec With(ISpec asked, WeightsDescriptor file)
    {
        TrainedWeights trained = new(file.Name, file.Format, file.Hash, file.Rom, file.StateOffset, file.Prewarm);
        return asked switch
        {
            LstmCellSpec cell => cell with { Input = file.Input, Hidden = file.Hidden, Trained = trained },
            LstmNetworkSpec network => network with
            {
                Input = file.Input, Hidden = file.Hidden, Output = file.Output, Layers = file.Layers, Trained = trained,
            },
            _ => asked,
        };
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
