# Sourced: single files out of Debian packages, which are not installed for them. Needs common.sh.

# fetch OUTPUT PACKAGE PATH: one file.
fetch() {
  local output="$1" package="$2" path="$3"
  [ -s "$output" ] && return 0
  fetch_from "$package" "$(dirname "$path")" "$(basename "$path")"
  [ "$(basename "$path")" = "$output" ] || mv "$(basename "$path")" "$output"
}

# fetch_from PACKAGE FOLDER NAME...: files of one folder, under their own names; the package is downloaded once.
fetch_from() {
  local package="$1" folder="$2" name scratch=""
  shift 2
  for name in "$@"; do
    [ -s "$name" ] && continue
    if [ -s "/$folder/$name" ]; then
      cp "/$folder/$name" "part-$name"
    else
      [ -n "$scratch" ] || scratch=$(download "$package")
      dpkg-deb --fsys-tarfile "$scratch"/*.deb | tar -x -C "$scratch" "./$folder/$name"
      cp "$scratch/$folder/$name" "part-$name"
    fi
    mv "part-$name" "$name"
  done
  [ -z "$scratch" ] || rm -rf "$scratch"
}

# download PACKAGE: prints a folder that holds it.
download() {
  local scratch
  scratch=$(mktemp -d)
  chmod 755 "$scratch"
  apt-cache show "$1" >/dev/null 2>&1 || update_package_lists
  (cd "$scratch" && apt-get download -qq "$1" >/dev/null 2>&1) || die "could not download the Debian package $1"
  echo "$scratch"
}
