using System;

namespace Lstm.Tool;

/// <summary>A command cannot be carried out; the message is one line that says why, and what to do where that is not plain.</summary>
internal sealed class ToolException(string message) : Exception(message);
