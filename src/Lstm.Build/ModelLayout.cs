using System;
using System.Linq;
using Lstm.Formats;
using Lstm.Generators.Parsing.Declarations;
using Lstm.Generators.Planning;

namespace Lstm.Build;

/// <summary>How the weights of a model are packed, if a generated type can have its sizes.</summary>
internal static class ModelLayout
{
    /// <param name="model">The model.</param>
    /// <param name="file">Its file, for errors.</param>
    /// <exception cref="LstmFormatException">Layers differ, or a size is out of range.</exception>
    public static NetworkLayout Of(LstmModel model, string file)
    {
        int[] hidden = [.. Enumerable.Range(0, model.LayerCount).Select(model.Hidden)];
        if (hidden.Distinct().Count() > 1)
        {
            throw new LstmFormatException(
                file, "its layers", $"layers of {string.Join(", ", hidden)} units", "layers of one size, as a generated network has them");
        }

        Check("Input", model.Input, ArgumentRanges.Units);
        Check("Hidden", hidden[0], ArgumentRanges.Units);
        Check("Layers", hidden.Length, ArgumentRanges.NetworkLayers);
        if (model.Output > 0)
        {
            Check("Output", model.Output, ArgumentRanges.Units);
        }

        return NetworkLayout.Of(model.Input, hidden[0], model.Output, hidden.Length);

        void Check(string size, int value, SizeRange range)
        {
            if (!range.Contains(value))
            {
                throw new LstmFormatException(file, "its sizes", FormattableString.Invariant($"{size} = {value}"), $"{size} from {range}");
            }
        }
    }
}
