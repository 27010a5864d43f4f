using System;
using System.Collections.Generic;
using System.Linq;

namespace Lstm.Generators.Tests.Fuzz;

/// <summary>Writes one of the three attributes with its arguments.</summary>
/// <param name="draw">What decides.</param>
/// <param name="isAlone">Whether the file has a project of its own, and so may be large.</param>
internal sealed class AttributeText(Draw draw, bool isAlone)
{
    private static readonly string[] WrongSizes =
    [
        "0", "-1", "int.MaxValue", "int.MinValue", "-2147483648", "unchecked((int)4294967295)", "'a' * 100", "3u", "3L",
        "2.5f", "\"3\"", "null", "true", "default", "typeof(int)", "new int[3]", "Unknown", "int.MaxValue + 1", "1 / 0", "3.0m", "(int?)3",
        "nameof(System).Length", "(global::Lstm.Gate)2", "99999999999", "4 +", "Math.Max(3, 4)", "'\\0'",
    ];

    private static readonly string[] WrongChoices =
    [
        "(global::Lstm.ENUM)7", "(global::Lstm.ENUM)(-1)", "(global::Lstm.ENUM)int.MaxValue", "global::Lstm.ENUM.Nothing", "1", "true", "null",
        "\"Fused\"", "~default(global::Lstm.ENUM)", "global::Lstm.Gate.Save", "typeof(global::Lstm.ENUM)", "2.0", "ENUM",
    ];

    private static readonly string[] Odd =
    [
        "3, 5", "Input: 3, Hidden: 5", "Inputs = 3", "input = 3", "Hidden = 3, Hidden = 3", "Layers = 2, Layers = 2", "Weights = null",
        "Weights = \"\"", "Weights = \"missing.nam\"", "Weights = \"pedal.nam\"", "Weights = \"cell.safetensors\"", "Weights = \"models/pedal.nam\"",
        "Weights = 3", "Weights = \"a\" + 1", "Weights = nameof(Weights)", "Kind = global::Lstm.ChainKind.Dense", "TypeId = null", "Seed = 1",
        "Width = 2", "Input == 3",
    ];

    /// <summary>The attribute without brackets, and the name of the C# type of its class without <c>Attribute</c>.</summary>
    public (string Text, string Kind) Write(string prefix)
    {
        // A chain is the least text: what is tried here depends little on the kind, and what compiling costs depends on the text.
        string kind = draw.Chance(85) ? "DeepChain" : draw.Of("LstmCell", "LstmNetwork");
        string name = prefix + draw.Of(kind, kind, kind + "Attribute", kind.Replace("L", "\\u004c", StringComparison.Ordinal));
        string arguments = Arguments(kind);
        return (arguments.Length == 0 && draw.Chance(50) ? name : $"{name}({arguments})", kind);
    }

    private string Arguments(string kind)
    {
        List<string> arguments = [.. Sizes(kind), .. Options(kind)];
        if (kind != "DeepChain" && draw.Chance(5))
        {
            string file = kind == "LstmCell"
                ? "\"cell.safetensors\""
                : draw.Of("\"pedal.nam\"", "@\"models\\pedal.nam\"", "\"deep\" + \".onnx\"");
            IEnumerable<string> options = Options(kind).Where(option => !option.StartsWith("Scalar", StringComparison.Ordinal));
            return string.Join(", ", draw.Shuffled(options.Append($"Weights = {file}")));
        }

        if (draw.Mistake())
        {
            arguments.RemoveAt(draw.Below(arguments.Count));
        }

        if (draw.Mistake())
        {
            arguments.Add(draw.Of(Odd));
        }

        return string.Join(draw.Of(", ", ", ", ",\n    ", " /* then */ , "), draw.Shuffled(arguments));
    }

    private IEnumerable<string> Sizes(string kind)
    {
        if (kind == "DeepChain")
        {
            yield return Size("Layers", isAlone ? 1000 : 4, 1000);
            if (draw.Chance(50))
            {
                yield return Size("Width", draw.Chance(20) ? 16 : 3, 16);
            }

            yield break;
        }

        yield return Size("Input", draw.Chance(10) ? 1024 : 4, 1024);
        yield return Size("Hidden", isAlone && draw.Mistake() ? 1024 : draw.Chance(20) ? 20 : 8, 1024);
        if (kind == "LstmNetwork")
        {
            yield return Size("Output", draw.Chance(10) ? 1024 : 3, 1024);
            if (draw.Chance(40))
            {
                yield return Size("Layers", draw.Chance(10) ? 8 : 2, 8);
            }
        }
    }

    /// <param name="most">The largest that is written where nothing is wrong.</param>
    /// <param name="end">The largest that is allowed.</param>
    private string Size(string name, int most, int end)
    {
        int value = 1 + draw.Below(most);
        string text = draw.Of(
            $"{value}", $"{value}", $"{value}", $"{value + 1} - 1", $"({value})", $"0x{value:x}", $"{value}_0 / 10", $"+{value}",
            $"(int){value}.0", $"(byte)1 * {value}", $"true ? {value} : 0", $"(int)'a' - {'a' - value}", $"0b{value:b}",
            $"sizeof(byte) * {value}", $"unchecked({value})");
        return $"{draw.Of("", "", "", "@")}{name} = {(draw.Mistake() ? draw.Of(draw.Of(WrongSizes), $"{end + 1}") : text)}";
    }

    private IEnumerable<string> Options(string kind)
    {
        bool isChain = kind == "DeepChain";
        string[] choices = isChain
            ? ["Kind ChainKind Diagonal Dense", "Unrolling Unrolling Auto None", "Scalar Scalar Single Double"]
            :
            [
                "Arithmetic Arithmetic Fused Portable", "Accuracy Accuracy Standard Strict", "Unrolling Unrolling Auto None",
                "Scalar Scalar Single Double",
            ];
        foreach (string[] choice in choices.Select(choice => choice.Split(' ')))
        {
            if (draw.Chance(20))
            {
                string type = $"global::Lstm.{choice[1]}";
                string value = draw.Of(
                    $"{type}.{choice[2]}", $"{type}.{choice[3]}", "0", "default", $"default({type})", $"({type})0", $"{type}.{choice[3]} | 0");
                yield return $"{choice[0]} = {(draw.Mistake() ? Wrong(choice[1]) : value)}";
            }
        }

        if (!isChain && draw.Chance(60))
        {
            yield return $"Backward = {draw.Of(["false", "false", "!true", "1 > 2", "default", "true"], ["0", "null", "\"no\"", "default(bool?)"])}";
        }
    }

    private string Wrong(string type) => draw.Of([.. WrongChoices, .. type == "Unrolling" ? ["global::Lstm.Unrolling.Full"] : Array.Empty<string>()])
        .Replace("ENUM", type, StringComparison.Ordinal);
}
