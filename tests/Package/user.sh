# A console project outside the repository, with the package from a folder. What the .targets promise: emitted files never break a later build;
# LSTM030 comes once, at publish, and can be turned off.
mkdir "$work/app"
cd "$work/app"
cat > app.csproj <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFrameworks>net8.0;net10.0</TargetFrameworks>
    <LangVersion>latest</LangVersion>
    <InvariantGlobalization>true</InvariantGlobalization>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
    <CompilerGeneratedFilesOutputPath>Generated/\$(TargetFramework)</CompilerGeneratedFilesOutputPath>
    <PublishAot Condition="'\$(TargetFramework)' == 'net10.0'">true</PublishAot>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Lstm.Generators" Version="$version" />
    <LstmWeights Include="pedal.safetensors" />
  </ItemGroup>
</Project>
EOF
cat > Program.cs <<EOF
using Lstm;

Net net = default;
net.Initialize(1);
Net.State state = default;
float[] y = [float.NaN];
net.Step([1], ref state, y);
Pedal.State trained = Pedal.TrainedState;
float[] wet = [float.NaN];
Pedal.Trained.Step([1], ref trained, wet);
y[0] += wet[0];
System.Console.WriteLine(float.IsFinite(y[0]) ? "ran" : "not finite");

[LstmNetwork(Input = 1, Hidden = 4, Output = 1)]
public partial struct Net;

[LstmNetwork(Weights = "pedal.safetensors")]
public partial struct Pedal;
EOF
cp "$here/../Lstm.Formats.Tests/files/torch_p1_d8_l1_k1.safetensors" pedal.safetensors
# A file of the user's own, and another generator's: neither is the package's to remove.
mkdir -p Generated/Lstm.Generators Generated/net8.0/Other.Generator
echo 'class Own { }' > Generated/Lstm.Generators/Own.cs
echo 'class Other { }' > Generated/net8.0/Other.Generator/Other.cs

build() { dotnet build -c Release -v quiet "$@" > "$work/log" 2>&1 || { cat "$work/log"; fail "$what"; }; }
what="the first build failed"; build
for framework in net8.0 net10.0; do
    [ -s "Generated/$framework/Lstm.Generators/Lstm.Generators.LstmGenerator/Net.g.cs" ] || fail "nothing was emitted for $framework"
done
what="the second build failed"; build
echo "// changed" >> Program.cs
what="the build after a change failed"; build
what="the build without emitting failed"; build -p:EmitCompilerGeneratedFiles=false --no-incremental
! grep -q LSTM030 "$work/log" || fail "LSTM030 at a build"
items() { dotnet msbuild -p:TargetFramework=net8.0 "-getItem:$1" | sed -nE 's/.*"Identity": "(.*)".*/\1/p' | sort | tr '\n' ' '; }
[ "$(items Compile)" = "Generated/Lstm.Generators/Own.cs Generated/net8.0/Other.Generator/Other.cs Program.cs " ] || fail "compiled: $(items Compile)"
[[ "$(items None)" == *net8.0/Lstm.Generators/Lstm.Generators.LstmGenerator/Net.g.cs* ]] || fail "the emitted file is not visible"

dotnet publish -c Release -f net10.0 > "$work/log" 2>&1 || { cat "$work/log"; fail "publish failed"; }
[ "$(grep -c 'warning LSTM030' "$work/log")" = 1 ] || { cat "$work/log"; fail "LSTM030 is not there once"; }
[ "$("$(find bin -path '*/publish/app')")" = ran ] || fail "the native program"
warnings() { dotnet msbuild -p:Configuration=Release -p:TargetFramework=net10.0 -t:PrepareForPublish "$@" | grep -c 'warning LSTM030' || true; }
[ "$(warnings -p:RuntimeIdentifier=win-x64)" = 1 ] || fail "no LSTM030 for win-x64"
for silent in NoWarn=LSTM030 LstmWarnOnIlcInstructionSet=false IlcInstructionSet=x86-64-v3 RuntimeIdentifier=linux-arm64 PublishAot=false; do
    [ "$(warnings "-p:$silent")" = 0 ] || fail "LSTM030 in spite of $silent"
done
