using System;
using System.IO;
using System.Reflection;
using Lstm.Samples;
using Lstm.Unity.Tests;
using NUnit.Framework;
using UnityEngine;

/// <summary>
/// Plays the part of Unity: runs the tests of the package, then the sample for some fixed steps in three sessions. Prints a line for each test, and a
/// hash of the file that the sample leaves.
/// </summary>
public static class Runner
{
    public static int Main()
    {
        foreach (MethodInfo method in typeof(PortableBitsTests).GetMethods())
        {
            if (method.IsDefined(typeof(TestAttribute), false))
            {
                method.Invoke(new PortableBitsTests(), null);
                Console.WriteLine(method.Name + " passed");
            }
        }

        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        try
        {
            Application.persistentDataPath = folder;
            string file = Path.Combine(folder, "follower.lstm");
            Play(500);
            Console.WriteLine("Follower " + HashOf(file));
            Play(0);
            Console.WriteLine("Follower restored " + HashOf(file));
            Console.WriteLine("Follower again " + Play(500) + " " + HashOf(file));
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        return 0;
    }

    /// <summary>The target walks to and fro between -1 and 1. Returns whether the follower ended within 0.2 of it.</summary>
    private static string Play(int steps)
    {
        Follower follower = new Follower { Target = new Transform() };
        Call(follower, "OnEnable");
        for (int step = 0; step < steps; step++)
        {
            int phase = step % 64;
            follower.Target.position = new Vector3(((phase < 32 ? phase : 64 - phase) / 16f) - 1, 0, 0);
            Call(follower, "FixedUpdate");
        }

        Call(follower, "OnDisable");
        return Math.Abs(follower.Target.position.x - follower.transform.position.x) < 0.2 ? "near" : "far";
    }

    private static void Call(Follower follower, string message) =>
        typeof(Follower).GetMethod(message, BindingFlags.Instance | BindingFlags.NonPublic).Invoke(follower, null);

    private static string HashOf(string path)
    {
        ulong hash = 14695981039346656037;
        foreach (byte number in File.ReadAllBytes(path))
        {
            hash = unchecked((hash ^ number) * 1099511628211);
        }

        return hash.ToString("x16");
    }
}
