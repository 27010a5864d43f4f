// This assembly has no code of its own. Unity runs the generator below this folder for each assembly that references this one, and compiles no
// assembly without a script.
[assembly: System.Reflection.AssemblyDescription("Reference it from an assembly definition that declares networks.")]
