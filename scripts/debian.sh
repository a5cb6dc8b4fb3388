# Sourced: single files out of Debian packages. Needs common.sh.

# fetch OUTPUT PACKAGE PATH: one file out of a Debian package, which is not installed for it.
fetch() {
  local output="$1" package="$2" path="$3" scratch
  [ -s "$output" ] && return 0
  if [ -s "/$path" ]; then
    cp "/$path" "part-$output"
  else
    scratch=$(mktemp -d)
    chmod 755 "$scratch"
    apt-cache show "$package" >/dev/null 2>&1 || update_package_lists
    (cd "$scratch" && apt-get download -qq "$package" >/dev/null 2>&1) || die "could not download the Debian package $package"
    dpkg-deb --fsys-tarfile "$scratch"/*.deb | tar -x -C "$scratch" "./$path"
    cp "$scratch/$path" "part-$output"
    rm -rf "$scratch"
  fi
  mv "part-$output" "$output"
}
