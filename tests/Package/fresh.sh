# Packs every package from a fresh checkout of its own: nothing is built before. The checkouts hold what git knows here, changes not yet committed
# included, as one commit of a repository whose remote is the project's.
origin="$work/origin"
mkdir "$origin"
git -C "$root" ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ ! -e "$root/$file" ] || printf '%s\0' "$file"
done | tar -C "$root" --null -T - -cf - | tar -C "$origin" -xf -
(
    cd "$origin"
    # The same commit whenever the content is the same.
    export GIT_AUTHOR_DATE="2000-01-01T00:00:00Z" GIT_COMMITTER_DATE="2000-01-01T00:00:00Z"
    git init -q -b main
    git add -A
    git -c user.name=check -c user.email=check@example.org -c commit.gpgsign=false commit -q -m "A checkout"
)
commit=$(git -C "$origin" rev-parse HEAD)

for project in Lstm.Runtime Lstm.Formats Lstm.Tool; do
    git clone -q "$origin" "$work/$project"
    git -C "$work/$project" remote set-url origin https://github.com/lstm-generators/lstm-generators.git
    CI=true dotnet pack -c Release "$work/$project/src/$project" -o "$work/feed" -p:Version="$version" -warnaserror > "$work/log" 2>&1 \
        || { cat "$work/log"; fail "$project cannot be packed from a fresh checkout"; }
    ! grep -E 'warning|: note' "$work/log" || fail "packing $project warns"
done

# Without git nothing is known of the source, and nothing is said about that.
mkdir "$work/plain"
git -C "$origin" archive HEAD | tar -C "$work/plain" -xf -
dotnet pack -c Release "$work/plain/src/Lstm.Formats" -o "$work/plain/feed" -p:Version="$version" -warnaserror > "$work/log" 2>&1 \
    || { cat "$work/log"; fail "Lstm.Formats cannot be packed without git"; }
! grep -E 'warning' "$work/log" || fail "packing without git warns"

# A public type that PublicAPI does not list is an error.
echo 'namespace Lstm.Formats; /// <summary>Not declared.</summary>
public static class Undeclared { }' > "$work/plain/src/Lstm.Formats/Undeclared.cs"
! dotnet build -c Release --no-restore --no-dependencies "$work/plain/src/Lstm.Formats" > "$work/log" 2>&1 \
    || fail "a public type that is not declared builds"
grep -q "error RS0016: Symbol 'Lstm.Formats.Undeclared'" "$work/log" || { cat "$work/log"; fail "no RS0016 for a public type that is not declared"; }
