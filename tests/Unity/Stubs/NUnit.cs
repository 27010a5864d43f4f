// As much of NUnit as the package's tests use.
using System;

namespace NUnit.Framework
{
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class TestAttribute : Attribute
    {
    }

    public delegate void TestDelegate();

    public static class Assert
    {
        public static void AreEqual(object expected, object actual)
        {
            if (!Equals(expected, actual))
            {
                throw new InvalidOperationException("Expected " + expected + ", got " + actual);
            }
        }

        public static void IsTrue(bool condition) => AreEqual(true, condition);

        public static TException Throws<TException>(TestDelegate code)
            where TException : Exception
        {
            try
            {
                code();
            }
            catch (TException exception)
            {
                return exception;
            }

            throw new InvalidOperationException("Nothing was thrown.");
        }
    }
}
