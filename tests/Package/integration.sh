# The integration tests once more, in a fresh checkout, with the package in the place of the projects: LstmPackage says which version. All tests on
# .NET 10; for net8.0 those that compare bits and numbers, on .NET 8; and the netstandard2.1 library in C# 9, on Mono.
cd "$work/Lstm.Runtime"

# A machine that has no .NET 8 gets its runtime from NuGet, beside what is installed; the test hosts run on it.
host=()
if ! dotnet --list-runtimes | grep -q '^Microsoft\.NETCore\.App 8\.'; then
    mkdir "$work/runtime"
    cat > "$work/runtime/runtime.csproj" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <SelfContained>true</SelfContained>
    <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
    <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
  </PropertyGroup>
</Project>
END
    pack=$(dotnet build "$work/runtime" -t:ResolveFrameworkReferences -getItem:ResolvedRuntimePack 2>&1 | tee "$work/log" \
        | sed -nE 's/.*"PackageDirectory": "(.*microsoft\.netcore\.app.*)".*/\1/p') || true
    [ -d "$pack" ] || { cat "$work/log"; fail "no runtime of .NET 8 from NuGet: $pack"; }
    installed=$(dirname "$(readlink -f "$(command -v dotnet)")")
    eight="$work/dotnet/shared/Microsoft.NETCore.App/$(basename "$pack")"
    mkdir -p "$eight"
    cp "$installed/dotnet" "$work/dotnet/"
    ln -s "$installed/host" "$work/dotnet/"
    cp "$pack"/runtimes/*/lib/net8.0/* "$pack"/runtimes/*/native/* "$eight/"
    host=(-- "RunConfiguration.DotNetHostPath=$work/dotnet/dotnet")
fi

packed() {  # packed FOLDER FRAMEWORK: the runtime there is the package's
    cmp -s "$1/Lstm.Runtime.dll" <(unzip -p "$work/feed/Lstm.Generators.$version.nupkg" "lib/$2/Lstm.Runtime.dll") \
        || fail "the tests ran with another Lstm.Runtime.dll than the package's: $1"
}
tests() {  # tests FRAMEWORK OPTIONS
    local framework=$1
    shift
    LstmPackage="$version" LstmTestFramework="$framework" \
        dotnet test tests/Lstm.Integration.Tests -c Release "$@" > "$work/log" 2>&1 \
        || { tail -n 100 "$work/log"; fail "the integration tests with the package, $framework"; }
    echo "$framework:$(sed -nE 's/^ +Passed: ([0-9]+)$/ \1 passed/p' "$work/log")"
    packed "tests/Lstm.Integration.Tests/bin/Release/$framework" net8.0
}
tests net8.0 --filter "FullyQualifiedName~Golden|FullyQualifiedName~EqualBits|FullyQualifiedName~ReferenceTests" "${host[@]}"
tests net10.0

# The netstandard facade is not in mono-runtime.
if [ ! -e /usr/lib/mono/4.5/Facades/netstandard.dll ]; then
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends mono-devel; } > "$work/log" 2>&1 || { cat "$work/log"; fail "no Mono"; }
fi
LstmPackage="$version" dotnet build -c Release -f netstandard2.1 tests/Lstm.Bits/Portable > "$work/log" 2>&1 \
    || { tail -n 50 "$work/log"; fail "a library for netstandard2.1 in C# 9 with the package"; }
mono tests/Lstm.Bits/Portable/bin/Release/netstandard2.1/Lstm.Bits.Portable.dll --check tests/Lstm.Bits/hashes.txt > "$work/log" 2>&1 \
    || { cat "$work/log"; fail "Mono with the package"; }
echo "Mono: $(tail -n 1 "$work/log")"
packed tests/Lstm.Bits/Portable/bin/Release/netstandard2.1 netstandard2.1
