using System;
using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>
/// A member of <c>Trace</c> as a delegate, over a tape that is read anew for each call. Each type has a Trace of its own, and a ref struct can be no
/// argument of a delegate: the calls are written in IL.
/// </summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
internal static class TapeReading<T>
    where T : unmanaged
{
    /// <summary>Reads what one step has, of one layer and sequence.</summary>
    public delegate void Member(ReadOnlySpan<T> tape, int steps, int sequences, int t, Span<T> d, int layer, int sequence);

    // The JIT takes longer for one of them than for all that it reads.
    private static readonly ConcurrentDictionary<(Type, string), Member> Written = new();

    /// <summary>Its members.</summary>
    public static readonly string[] Names = ["Remember", "Save", "Focus", "Candidate", "LongTermMemory", "WorkingMemory"];

    /// <param name="type">A generated cell or network.</param>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static Member Of(Type type, string name) => Written.GetOrAdd((type, name), static key => Write(key.Item1, key.Item2));

    private static Member Write(Type type, string name)
    {
        Type trace = type.GetNestedType("Trace")!;
        Type[] parameters = [typeof(ReadOnlySpan<T>), typeof(int), typeof(int), typeof(int), typeof(Span<T>), typeof(int), typeof(int)];
        DynamicMethod method = new(name, typeof(void), parameters, typeof(TapeReading<T>).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        il.DeclareLocal(trace);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, type.GetMethod("ReadTape")!);
        il.Emit(OpCodes.Stloc_0);
        il.Emit(OpCodes.Ldloca_S, (byte)0);
        for (byte argument = 3; argument < parameters.Length; argument++)
        {
            il.Emit(OpCodes.Ldarg_S, argument);
        }

        il.Emit(OpCodes.Call, trace.GetMethod(name)!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Member>();
    }
}
