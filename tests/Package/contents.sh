# What is in the packages: the texts and links of their pages, documentation, symbols that name their source, equal bits from two folders.
contains() { unzip -Z1 "$work/feed/$1" | grep -xF "$2" > /dev/null || fail "$1 has no $2"; }
nuspec() { grep -qE "$2" <<< "$(unzip -p "$work/feed/$1.$version.nupkg" "$1.nuspec")" || fail "the nuspec of $1 has no $2"; }
same() {  # same PACKAGE FILE PACKAGE FILE
    cmp -s <(unzip -p "$work/feed/$1.$version.nupkg" "$2") <(unzip -p "$work/feed/$3.$version.nupkg" "$4") || fail "$2 of $1 is not $4 of $3"
}

url=https://github.com/lstm-generators/lstm-generators
source="https://raw.githubusercontent.com/lstm-generators/lstm-generators/$commit/*"
for id in Lstm.Generators Lstm.Generators.Formats Lstm.Generators.Tool; do
    nuspec $id "<id>$id</id>"
    nuspec $id "<version>$version</version>"
    nuspec $id '<license type="expression">MIT</license>'
    nuspec $id '<readme>README.md</readme>'
    nuspec $id '<icon>icon.png</icon>'
    nuspec $id '<description>.{40,}</description>'
    nuspec $id '<tags>lstm '
    nuspec $id "<projectUrl>$url</projectUrl>"
    nuspec $id "<releaseNotes>$url/blob/main/CHANGELOG.md</releaseNotes>"
    nuspec $id "<repository type=\"git\" url=\"$url\" commit=\"$commit\""
    contains $id.$version.nupkg icon.png
    contains $id.$version.nupkg README.md
    icon=$(unzip -p "$work/feed/$id.$version.nupkg" icon.png | od -An -t x1 -j 16 -N 8 | tr -d ' ')
    [ "$icon" = 0000008000000080 ] || fail "the icon of $id is not 128 x 128"

    unzip -p "$work/feed/$id.$version.nupkg" README.md > "$work/README.md"
    ! grep -oE '\]\([^)]*' "$work/README.md" | grep -vE '\]\((https:|#)' || fail "a relative link in the README of $id"
    ! grep -F '/../' "$work/README.md" || fail "a link that goes up in the README of $id"
    [ $id = Lstm.Generators.Tool ] || grep -q "]($url/blob/main/docs/" "$work/README.md" || fail "the README of $id has no links"
    # What a link of this repository leads to has to be there.
    grep -oE "$url/(blob|raw)/main/[^)# ]+" "$work/README.md" | sed -E "s|$url/[a-z]+/main/||" | sort -u | while read -r path; do
        [ -e "$origin/$path" ] || fail "the README of $id links $path, which is not there"
    done
done

# The version stands in one place.
stated=$(cd "$origin" && git grep -lE '<(Package)?Version(Prefix|Suffix)?>' -- '*.props' '*.targets' '*.csproj')
[ "$stated" = Directory.Build.props ] || fail "the version is stated in $stated"

for assembly in Lstm.Generators:net8.0/Lstm.Runtime Lstm.Generators:netstandard2.1/Lstm.Runtime Lstm.Generators.Formats:net8.0/Lstm.Formats; do
    contains "${assembly%%:*}.$version.nupkg" "lib/${assembly#*:}.dll"
    contains "${assembly%%:*}.$version.nupkg" "lib/${assembly#*:}.xml"
    contains "${assembly%%:*}.$version.snupkg" "lib/${assembly#*:}.pdb"
done
contains Lstm.Generators.Tool.$version.snupkg tools/net8.0/any/dotnet-lstm.pdb

# SourceLink: a debugger finds each source by the commit.
for package in "$work/feed/"*.snupkg; do
    unzip -Z1 "$package" '*.pdb' | while read -r pdb; do
        unzip -p "$package" "$pdb" > "$work/pdb"
        grep -qaF "$source" "$work/pdb" || fail "$pdb does not say where its source is"
    done
done
# No path of the machine that built it.
for package in "$work/feed/"*.nupkg "$work/feed/"*.snupkg; do
    ! unzip -p "$package" | grep -aF "$work" > /dev/null || fail "$(basename "$package") holds a path of this machine"
done

# Each of these was built in two folders, by two commands.
same Lstm.Generators lib/net8.0/Lstm.Runtime.dll Lstm.Generators.Tool tools/net8.0/any/Lstm.Runtime.dll
same Lstm.Generators analyzers/dotnet/cs/Lstm.Generators.dll Lstm.Generators.Tool tools/net8.0/any/Lstm.Generators.dll
same Lstm.Generators tools/Lstm.Build/Lstm.Formats.dll Lstm.Generators.Formats lib/net8.0/Lstm.Formats.dll

# Code fixes stand beside the generator, which they need.
analyzers=$(unzip -Z1 "$work/feed/Lstm.Generators.$version.nupkg" 'analyzers/*' | sort | tr '\n' ' ')
[ "$analyzers" = "analyzers/dotnet/cs/Lstm.CodeFixes.dll analyzers/dotnet/cs/Lstm.Generators.dll " ] || fail "analyzers: $analyzers"

# Every DLL of somebody else is named in the notices beside it, and each of their licences is there.
for id in Lstm.Generators Lstm.Generators.Formats Lstm.Generators.Tool; do
    package="$work/feed/$id.$version.nupkg"
    unzip -Z1 "$package" '*.dll' | { grep -vE '/(Lstm\.[A-Za-z]+|dotnet-lstm)\.dll$' || true; } | while read -r dll; do
        notices="$(unzip -p "$package" "$(dirname "$dll")/THIRD-PARTY-NOTICES.txt")" || fail "$id has no notices beside $dll"
        grep -qE "^$(basename "$dll"): [A-Za-z.]+ [0-9.]+$" <<< "$notices" || fail "the notices of $id do not name $dll"
        grep -q '^Permission is hereby granted' <<< "$notices" || fail "the notices of $id have no text of the MIT licence"
    done
done
for program in Lstm.Generators:tools/Lstm.Build Lstm.Generators.Tool:tools/net8.0/any; do
    notices=$(unzip -p "$work/feed/${program%%:*}.$version.nupkg" "${program#*:}/THIRD-PARTY-NOTICES.txt")
    grep -q '^Redistribution and use in source and binary forms' <<< "$notices" || fail "the notices of ${program%%:*} have no text of BSD-3-Clause"
    contains "${program%%:*}.$version.nupkg" "${program#*:}/third-party/System.Numerics.Tensors.txt"
done
