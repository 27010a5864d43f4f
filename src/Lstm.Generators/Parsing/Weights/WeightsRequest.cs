using System;
using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Parsing.Declarations;

namespace Lstm.Generators.Parsing.Weights;

/// <summary>
/// That a declaration takes its weights and sizes from a file, and what else it says: plain data, so that it can wait for the file.
/// </summary>
/// <param name="Name">The name that is written: of an LstmWeights item, or its path.</param>
/// <param name="Type">The name of the attributed type.</param>
/// <param name="Kind">The attribute, for example <c>LstmCell</c>.</param>
/// <param name="Attribute">Where the attribute's name stands.</param>
/// <param name="Arguments">Everything that the attribute can take.</param>
internal sealed record WeightsRequest(string Name, string Type, string Kind, Place Attribute, EquatableArray<WrittenArgument> Arguments)
{
    /// <summary>The argument of this name; null if the attribute has none such.</summary>
    public WrittenArgument? Argument(string name) =>
        Arguments.FirstOrDefault(argument => string.Equals(argument.Name, name, StringComparison.Ordinal));

    /// <summary>Where the value of an argument is written; the attribute's name if it is not.</summary>
    public Place PlaceOf(string argument) => Argument(argument)?.Place ?? Attribute;
}

/// <summary>An argument of an attribute.</summary>
/// <param name="Value">Its value; null if it is not written.</param>
/// <param name="Place">Where it is written; the attribute's name if it is not.</param>
internal sealed record WrittenArgument(string Name, int? Value, Place Place);
