using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Lstm.Integration.Tests.Recurrent;
using Lstm.Integration.Types;
using Xunit;

namespace Lstm.Integration.Tests.Kernels;

/// <summary>What the JIT makes of every generated method, by its own account.</summary>
public class JitTests
{
    /// <summary>The instruction cache of a core: a kernel that is larger evicts itself at every step.</summary>
    private const int CodeBudget = 32 * 1024;

    /// <summary>
    /// At the widest vectors of this machine, and at the narrowest, where unrolled code is longest; with <c>LSTM_EXHAUSTIVE=1</c> in the
    /// environment, at those between too.
    /// </summary>
    public static TheoryData<string> Widths => Environment.GetEnvironmentVariable("LSTM_EXHAUSTIVE") == "1" ? ["512", "256", "128"] : ["512", "128"];

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task GeneratedMethods_AreOptimized_Whole_AndSmallEnough(string width)
    {
        Compiled[] methods = [.. (await Host.List(width)).Methods.Select(Parse).OfType<Compiled>().Where(IsGenerated)];

        Assert.True(methods.Length > 10 * Models.Length, $"only {methods.Length} generated methods were compiled");
        Empty(methods.Where(method => method.Tier != "FullOpts"), "not fully optimized");
        Empty(methods.Where(method => method.Bytes > CodeBudget), "over the budget of code");
        Empty(methods.Where(method => Helpers.Contains(method.Name)), "not inlined");

        static void Empty(IEnumerable<Compiled> found, string fault) =>
            Assert.True(!found.Any(), $"{fault}:\n{string.Join('\n', found)}");
    }

    private static Type[] Models { get; } =
        [.. ModelUnderTest<float>.All.Select(model => model.Type), .. ModelUnderTest<double>.All.Select(model => model.Type)];

    /// <summary>The classes that choose a width and call: in a large member, such a choice may stay a call itself.</summary>
    private static string[] Choices { get; } = ["FusedFloat", "PortableFloat", "FusedDouble", "PortableDouble"];

    /// <summary>The methods that stand for a few instructions each and must vanish in their callers.</summary>
    private static HashSet<string> Helpers { get; } =
    [
        .. from type in typeof(Lstm.Kernels.Simd).Assembly.GetTypes()
           where type.Namespace == "Lstm.Kernels" && !Choices.Contains(type.Name)
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
           where method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining)
           select $"{type.FullName}:{method.Name}",
    ];

    /// <summary>Kernels of generated types, which stand in a namespace of their own, and those of the runtime.</summary>
    private static bool IsGenerated(Compiled method) =>
        method.Name.StartsWith("Lstm.Generated.", StringComparison.Ordinal) || method.Name.StartsWith("Lstm.Kernels.", StringComparison.Ordinal);

    private static Compiled? Parse(string line)
    {
        Match match = Line.Match(line);
        return match.Success
            ? new Compiled(match.Groups["name"].Value, match.Groups["tier"].Value, int.Parse(match.Groups["bytes"].Value))
            : null;
    }

    /// <summary>
    /// As in <c>  58: JIT compiled Lstm.Generated.Code.&lt;Cell_g&gt;F0__Cell256:Run(byref,byref) [FullOpts, IL size=66, code size=62]</c>.
    /// </summary>
    private static Regex Line { get; } = new(
        @"JIT compiled (?<name>[^\s(\[]+).* \[(?<tier>[^,]+),.* code size=(?<bytes>\d+)", RegexOptions.CultureInvariant);

    /// <summary>A line of the JIT's summary.</summary>
    private sealed record Compiled(string Name, string Tier, int Bytes);
}
