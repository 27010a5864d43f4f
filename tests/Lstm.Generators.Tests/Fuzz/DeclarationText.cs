using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Lstm.Generators.Tests.Fuzz;

/// <summary>Writes a file with one to three attributed types, and types around and beside them.</summary>
internal sealed partial class DeclarationText(Draw draw, int index, FuzzKind kind)
{
    private readonly StringBuilder text = new();
    private readonly StringBuilder uses = new();
    private readonly AttributeText attributes = new(draw, kind == FuzzKind.Project);
    private readonly HashSet<string> names = [];
    private string place = string.Empty;
    private bool hasUsing;
    private bool hasAlias;
    private bool isAccessible;

    /// <summary>A file that uses what is generated, where it can be reached from there.</summary>
    public string Use => uses.Length == 0
        ? string.Empty
        : $"#pragma warning disable FUZZ\n[global::System.Obsolete] static class Use{index}\n{{\n{uses}}}\n";

    /// <summary>How many types carry an attribute.</summary>
    public int Declarations { get; private set; }

    public string Write()
    {
        hasUsing = kind != FuzzKind.Project && draw.Chance(40);
        string prefix = hasUsing ? string.Empty : "global::Lstm.";
        if (kind == FuzzKind.Project)
        {
            text.Append(draw.Of(Globals, WrongGlobals)).Append('\n');
            text.Append(draw.Mistake() || draw.Mistake() ? InTheWay() : string.Empty);
        }

        if (hasUsing)
        {
            text.Append("using global::Lstm;\n");
        }

        hasAlias = kind != FuzzKind.Project && draw.Chance(15);
        if (hasAlias)
        {
            text.Append("using Alias = global::Lstm.DeepChainAttribute;\n");
        }

        string space = Namespace();
        bool isFileScoped = space.Length > 0 && !text.ToString().Contains('{') && draw.Chance(40);
        place = space.Length == 0 ? "global::" : $"global::{space}.";
        text.Append(space.Length == 0 ? string.Empty : isFileScoped ? $"namespace {space};\n" : $"namespace {space}\n{{\n");
        text.Append(draw.Chance(15) ? draw.Of(Directives).Replace("CASE", $"Case{index}.cs", StringComparison.Ordinal) + "\n" : string.Empty);
        Siblings();
        for (int count = draw.Chance(70) ? 1 : 1 + draw.Below(3); count > 0; count--)
        {
            isAccessible = true;
            string outer = place;
            Nested(prefix, draw.Chance(65) ? 0 : 1 + draw.Below(3), inside: string.Empty);
            place = outer;
        }

        text.Append(space.Length == 0 || isFileScoped ? string.Empty : "}\n");
        return text.ToString();
    }

    /// <summary>A project's may be any; the others begin with the number of the case.</summary>
    private string Namespace() => kind == FuzzKind.Project
        ? draw.Of("", "", "", "Lstm.Generated", "System.Runtime", "@class", "Demo", "Lstm.Lstm")
        : $"N{index}" + draw.Of(
            "", "", "", ".@class.@event", ".Größe.日本", ".System", ".Lstm", ".Lstm.Generated", ".Code.Kernel", "._", ".@Demo", ".@global", ".\\u0041",
            "." + new string('Q', 120));

    /// <summary>A type or namespace where generated code may look for another one.</summary>
    private string InTheWay()
    {
        string type = draw.Of(
            "class NAME { }", "public enum NAME { One }", "struct NAME { }", "static class NAME { }", "class NAME<T> { }",
            "public struct NAME<T> { }", "class NAME : global::System.Attribute { }", "delegate void NAME();", "file class NAME { }", "namespace NAME { class Mine { } }");
        string name = draw.Chance(50) ? draw.Of(NamesOfOthers) : draw.Of(CapturingNames);
        return $"namespace {draw.Of(OpenedSpaces)} {{ {type.Replace("NAME", name, StringComparison.Ordinal)} }}\n";
    }

    /// <summary>Types that do not carry an attribute, under names that generated code uses.</summary>
    private void Siblings()
    {
        while (draw.Chance(25))
        {
            string name = draw.Of(CapturingNames);
            bool hidesNamespace = place == "global::" && name is ("System" or "Lstm");
            if (!hidesNamespace && names.Add(name))
            {
                string type = draw.Of(
                    "internal class NAME { }", "enum NAME { One }", "struct NAME { }", "static class NAME { }", "class NAME<T> { }",
                    "delegate void NAME();");
                text.Append(type.Replace("NAME", name, StringComparison.Ordinal)).Append('\n');
            }
        }
    }

    /// <summary>The type with its attribute, inside so many others.</summary>
    /// <param name="inside">The keyword of the type around it; empty: none.</param>
    private void Nested(string prefix, int depth, string inside)
    {
        if (depth == 0)
        {
            Attributed(prefix, inside);
            return;
        }

        string name = NewName();
        string header = draw.Of(Containers, WrongContainers);
        if (inside is "interface" or "static" && header.Contains("protected", StringComparison.Ordinal))
        {
            header = Containers[0];
        }

        string keyword = header.Contains("static", StringComparison.Ordinal) ? "static"
            : header.Contains("interface", StringComparison.Ordinal) ? "interface"
            : header.Contains("struct", StringComparison.Ordinal) ? "struct"
            : "class";
        text.Append($"{Accessibility(inside)}{header.Replace("NAME", name, StringComparison.Ordinal)}\n{{\n");
        string outer = place;
        place += name + ".";
        if (draw.Chance(20))
        {
            string own = draw.Of(CapturingNames);
            text.Append(own != name.TrimStart('@') && names.Add(own) ? $"private class {own} {{ }}\n" : string.Empty);
        }

        Nested(prefix, depth - 1, keyword);
        place = outer;
        text.Append("}\n");
    }

    private void Attributed(string prefix, string inside)
    {
        Declarations++;
        string name = NewName();
        (string attribute, string kindOfType) = attributes.Write(prefix);
        if (hasAlias && kindOfType == "DeepChain")
        {
            attribute = Regex.Replace(attribute, "^[^(]*", "Alias");
        }

        if (draw.Mistake())
        {
            attribute += ", " + attributes.Write(prefix).Text;
        }

        string accessibility = Accessibility(inside);
        string header = draw.Of(Headers, WrongHeaders).Replace("NAME", name, StringComparison.Ordinal);
        string lists = draw.Of(Lists, WrongLists).Replace("ATTRIBUTE", attribute, StringComparison.Ordinal);
        bool isWhole = header.EndsWith('}') || header.EndsWith(';');
        string declaration = $"{accessibility}{header}{(isWhole ? string.Empty : Body(name))}\n";
        string another = draw.Chance(10) && !isWhole && header.Contains("partial struct", StringComparison.Ordinal)
            ? $"partial struct {name} {{ public static int Second => 2; }}\n"
            : string.Empty;
        text.Append(draw.Chance(50) ? $"{another}{lists}{declaration}" : $"{lists}{declaration}{another}");
        if (isAccessible)
        {
            uses.Append(UseOf($"{place}{name}", kindOfType, uses.Length));
        }
    }

    private string Accessibility(string inside)
    {
        string[] nested = ["internal ", "public ", "private ", "private ", ""];
        string written = inside.Length == 0
            ? draw.Of(["public ", "internal ", ""], ["private ", "protected ", "file ", "public internal "])
            : draw.Of(
                inside == "class" ? [.. nested, "protected ", "private protected ", "protected internal "] : nested,
                ["file ", "public private ", "new "]);
        bool isHidden = written is "private " or "protected " or "private protected " || (written.Length == 0 && inside != "interface");
        isAccessible &= !(isHidden && inside.Length > 0);
        return written;
    }

    private string NewName()
    {
        string name;
        do
        {
            name = draw.Of(Names, WrongNames);
        }
        while (!names.Add(name) || (hasUsing && name == "LstmCellAttribute")); // the nearest of that name, and no attribute
        return name;
    }

    private string Body(string name)
    {
        if (draw.Chance(50))
        {
            return draw.Of(";", " { }", " { };", "\n{\n}");
        }

        string bases = draw.Of(
            ["", "", " : global::System.IEquatable<NAME>", " : global::System.IDisposable"], [" : Unknown", " : NAME", " : object"]);
        List<string> members = [.. draw.Shuffled(Members).Take(1 + draw.Below(3))];
        members.Add(bases.Contains("IEquatable", StringComparison.Ordinal) ? "public bool Equals(NAME other) => true;" : string.Empty);
        members.Add(bases.Contains("IDisposable", StringComparison.Ordinal) ? "public void Dispose() { }" : string.Empty);
        members.Add(draw.Mistake() ? draw.Of(WrongMembers) : string.Empty);
        string plain = name.TrimStart('@');
        IEnumerable<string> kept = members.Where(member => member.Length > 0 && !Regex.IsMatch(member, $@"\b{Regex.Escape(plain)}\b"));
        return $"{bases}\n{{\n    {string.Join("\n    ", kept)}\n}}".Replace("NAME", name, StringComparison.Ordinal);
    }

    /// <summary>Reads constants, copies the struct and writes to the copies: work for the analyzers.</summary>
    private static string UseOf(string type, string kindOfType, int number) => $$"""
            static int M{{number}}({{type}} net, in {{type}} other)
            {
                {{type}}[] many = { net, other };
                {{type}} copy = many[0];
                copy.Parameters.Clear();
                other.Parameters.Clear();
                foreach ({{type}} one in many) { one.Parameters.Clear(); object box = one; }
                System.Func<{{type}}> get = () => copy;
                get().Parameters.Clear();
                return {{type}}.ParameterCount + {{type}}.{{(kindOfType == "DeepChain" ? "Width" : "HiddenSize")}} + copy.Parameters.Length;
            }

        """;
}
