using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;

namespace Lstm.Unity.Checks;

/// <summary>What the scan wants to know of a type in a signature.</summary>
/// <param name="Reference">It is a class, an array or a type parameter, which may be one.</param>
/// <param name="Parameter">It is a type parameter.</param>
/// <param name="Grows">It is built from a type parameter.</param>
/// <param name="Modified">It has a required modifier.</param>
internal readonly record struct Shape(bool Reference = false, bool Parameter = false, bool Grows = false, bool Modified = false)
{
    /// <summary>Makes shapes from signatures.</summary>
    public static readonly ISignatureTypeProvider<Shape, object?> Provider = new Reader();

    private sealed class Reader : ISignatureTypeProvider<Shape, object?>
    {
        public Shape GetArrayType(Shape elementType, ArrayShape shape) => GetSZArrayType(elementType);

        public Shape GetSZArrayType(Shape elementType) => new(Reference: true, Grows: elementType.Parameter || elementType.Grows);

        public Shape GetByReferenceType(Shape elementType) => elementType;

        public Shape GetPointerType(Shape elementType) => new(Grows: elementType.Parameter || elementType.Grows);

        public Shape GetPinnedType(Shape elementType) => elementType;

        public Shape GetFunctionPointerType(MethodSignature<Shape> signature) => default;

        public Shape GetGenericInstantiation(Shape genericType, ImmutableArray<Shape> typeArguments) =>
            new(genericType.Reference, Grows: typeArguments.Any(argument => argument.Parameter || argument.Grows));

        public Shape GetGenericMethodParameter(object? genericContext, int index) => new(Reference: true, Parameter: true);

        public Shape GetGenericTypeParameter(object? genericContext, int index) => new(Reference: true, Parameter: true);

        public Shape GetModifiedType(Shape modifier, Shape unmodifiedType, bool isRequired) => unmodifiedType with { Modified = isRequired };

        public Shape GetPrimitiveType(PrimitiveTypeCode typeCode) => new(Reference: typeCode is PrimitiveTypeCode.Object or PrimitiveTypeCode.String);

        public Shape GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => OfKind(rawTypeKind);

        public Shape GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => OfKind(rawTypeKind);

        public Shape GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            OfKind(rawTypeKind);

        private static Shape OfKind(byte rawTypeKind) => new(Reference: rawTypeKind == (byte)SignatureTypeKind.Class);
    }
}
