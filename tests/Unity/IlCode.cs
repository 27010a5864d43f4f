using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Lstm.Unity.Checks;

/// <summary>Walks over the instructions of methods.</summary>
internal static class IlCode
{
    private static readonly OpCode[] Forbid = [OpCodes.Calli, OpCodes.Jmp, OpCodes.Arglist, OpCodes.Mkrefany, OpCodes.Refanyval, OpCodes.Refanytype];

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The names of the instructions that IL2CPP or Mono have trouble with.</summary>
    public static IEnumerable<string> Forbidden(BlobReader code) =>
        Instructions(code).Select(instruction => instruction.Code).Where(Forbid.Contains).Select(instruction => instruction.Name!);

    /// <summary>The tokens of the methods that are called or whose address is taken.</summary>
    public static IEnumerable<int> Methods(BlobReader code) =>
        Instructions(code).Where(instruction => instruction.Code.OperandType == OperandType.InlineMethod).Select(instruction => instruction.Operand);

    /// <summary>Every instruction, and the first four bytes of its operand, if it has as many.</summary>
    private static List<(OpCode Code, int Operand)> Instructions(BlobReader code)
    {
        List<(OpCode, int)> found = [];
        while (code.RemainingBytes > 0)
        {
            short value = code.ReadByte();
            if (value == 0xFE)
            {
                value = unchecked((short)(0xFE00 | code.ReadByte()));
            }

            OpCode instruction = Codes[value];
            int length = Operand(instruction.OperandType, code);
            BlobReader operand = code;
            found.Add((instruction, length >= 4 ? operand.ReadInt32() : 0));
            code.Offset += length;
        }

        return found;
    }

    /// <summary>How many bytes stand behind the instruction.</summary>
    private static int Operand(OperandType type, BlobReader code) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * code.ReadInt32()),
        OperandType.InlineBrTarget or OperandType.InlineField or OperandType.InlineI or OperandType.InlineMethod or OperandType.InlineSig
            or OperandType.InlineString or OperandType.InlineTok or OperandType.InlineType or OperandType.ShortInlineR => 4,
        _ => throw new NotSupportedException($"{type}"),
    };
}
