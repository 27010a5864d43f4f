// As much of GodotSharp as docs/godot.md uses.
using System;

namespace Godot
{
    public struct Vector3
    {
        public float X;
        public float Y;
        public float Z;
    }

    public class Node
    {
        public virtual void _Ready()
        {
        }

        public virtual void _PhysicsProcess(double delta)
        {
        }

        public virtual void _ExitTree()
        {
        }
    }

    public class Node3D : Node
    {
        public Vector3 Position { get; set; }
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class ExportAttribute : Attribute
    {
    }

    public static class ProjectSettings
    {
        public static string GlobalizePath(string path) => path;
    }
}
