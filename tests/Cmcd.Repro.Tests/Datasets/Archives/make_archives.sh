#!/usr/bin/env bash
# Makes Fixtures/ with tools that share no code with the program: 7zz (Debian package 7zip), GNU tar, gzip.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/Fixtures"
rm -f -- *
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/good/jack-o-lantern" "$work/links" "$work/zeros"
printf 'alpha\n' > "$work/good/jack-o-lantern/n02691156_7027.jpg"
printf 'beta\n' > "$work/good/jack-o-lantern/n02691156_7027-1.png"
: > "$work/good/empty.txt"
ln -s /etc/passwd "$work/links/out"
head -c 4000000 /dev/zero > "$work/zeros/zeros.bin"
pack() { (cd "$work/$2" && 7zz a -bd -y "${@:3}" "$OLDPWD/$1" . > /dev/null); }

pack good.7z good
pack good-one-by-one.7z good -ms=off
pack good.zip good
tar -C "$work/good" -czf good.tar.gz .
pack link.7z links -snl
pack encrypted.7z good -psecret
pack encrypted-names.7z good -psecret -mhe=on
pack zeros.7z zeros
for name in 'out:../out.txt' 'absolute:/out.txt' 'drive:C:/out.txt' 'device:sub/CON.txt' 'case:EMPTY.TXT'; do
  pack "${name%%:*}.7z" good
  7zz rn "${name%%:*}.7z" jack-o-lantern/n02691156_7027.jpg "${name#*:}" > /dev/null
done
