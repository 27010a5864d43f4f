// As much of UnityEngine as the package's sample and docs/unity.md use, so that they compile where there is no Unity.
using System;

namespace UnityEngine
{
    public struct Vector3
    {
        public float x;
        public float y;
        public float z;

        public Vector3(float x, float y, float z)
        {
            this.x = x;
            this.y = y;
            this.z = z;
        }
    }

    public class Object
    {
    }

    public class Component : Object
    {
        public Transform transform { get; } = new Transform();
    }

    public class Transform : Object
    {
        public Vector3 position { get; set; }
    }

    public class MonoBehaviour : Component
    {
    }

    public class TextAsset : Object
    {
        public byte[] bytes { get; set; } = Array.Empty<byte>();
    }

    public static class Application
    {
        public static string persistentDataPath { get; set; } = ".";
    }

    public static class Debug
    {
        public static void LogWarning(object message) => throw new InvalidOperationException(message.ToString());
    }
}
