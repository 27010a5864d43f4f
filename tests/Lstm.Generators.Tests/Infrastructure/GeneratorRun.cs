using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Lstm.Generators.Tests.Infrastructure;

/// <summary>Runs <see cref="LstmGenerator"/> as the compiler does.</summary>
internal static class GeneratorRun
{
    /// <summary>A driver that records what each tracked step did, and why.</summary>
    /// <param name="texts">The project's additional files.</param>
    public static GeneratorDriver Driver(LanguageVersion language = LanguageVersion.Latest, params AdditionalText[] texts) =>
        CSharpGeneratorDriver.Create(
            [new LstmGenerator().AsSourceGenerator()],
            additionalTexts: texts,
            parseOptions: TestCompilation.ParseOptions(language),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The result of a driver's last run; fails if the generator threw. What it reports are errors of declarations.</summary>
    public static GeneratorRunResult Result(GeneratorDriver driver)
    {
        GeneratorDriverRunResult all = driver.GetRunResult();
        GeneratorRunResult result = Assert.Single(all.Results);
        Assert.Null(result.Exception);
        Assert.All(all.Diagnostics, diagnostic => Assert.StartsWith("LSTM0", diagnostic.Id, StringComparison.Ordinal));
        return result;
    }

    /// <summary>Hint name and text of every generated file, in the order of the names.</summary>
    public static ImmutableArray<(string HintName, string Text)> Files(Compilation compilation) =>
        Files(Driver().RunGenerators(compilation));

    /// <summary>Hint name and text of every file that the driver's last run generated, in the order of the names.</summary>
    public static ImmutableArray<(string HintName, string Text)> Files(GeneratorDriver driver) => Result(driver).GeneratedSources
        .OrderBy(file => file.HintName, StringComparer.Ordinal)
        .Select(file => (file.HintName, file.SourceText.ToString()))
        .ToImmutableArray();

    /// <summary>The compilation with the generated files in it.</summary>
    public static CSharpCompilation Complete(
        CSharpCompilation compilation, LanguageVersion language = LanguageVersion.Latest, params AdditionalText[] texts)
    {
        Result(Driver(language, texts).RunGeneratorsAndUpdateCompilation(compilation, out Compilation complete, out _));
        return (CSharpCompilation)complete;
    }

    /// <summary>Every value and reason that a tracked step gave in the last run, in order.</summary>
    public static IEnumerable<(object? Value, IncrementalStepRunReason Reason)> Outputs(GeneratorRunResult result, string step) =>
        result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs)
            ? runs.SelectMany(run => run.Outputs).Select(output => ((object?)output.Value, output.Reason))
            : [];
}
