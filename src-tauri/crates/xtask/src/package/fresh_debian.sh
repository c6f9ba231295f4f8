#!/bin/sh
# Runs in a new Debian whose root folder holds slipway.deb and slipway.rpm: install, start, uninstall, nothing left.
# The one argument is the version that they must be.
set -eu
version=$1
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 HOME=/tmp/home XDG_RUNTIME_DIR=/tmp/runtime
mkdir -p /dev/shm "$HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
mount -t tmpfs tmpfs /dev/shm

say() { printf '\n--- %s\n' "$1"; }
fail() { printf 'FAILED: %s\n' "$1"; exit 1; }
# Runs its arguments until they succeed, for a minute at most.
await() {
    end=$(($(date +%s) + 60))
    until "$@"; do
        [ "$(date +%s)" -lt "$end" ] || return 1
        sleep 0.2
    done
}
# Every file of the system whose name or folder names Slipway, apart from what this check brought.
left() {
    find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /tmp -o -path /var/cache/apt \) -prune \
        -o -ipath '*slipway*' -print | grep -vE '^/slipway\.(deb|rpm)$' || true
}
starts() {
    slipway --version
    [ "$(slipway --version)" = "slipway $version" ] || fail "it is not version $version"
    if ldd /usr/bin/slipway | grep 'not found'; then fail 'a library is missing'; fi
}
# The kernel keeps 15 letters of a program's name.
drawn() { grep -qsx WebKitWebProces /proc/[0-9]*/comm; }
# The window that is seen: others of the program bear its bare name. xdotool takes no notice of capitals.
titled() { xdotool search --onlyvisible --name . getwindowname %@ 2>/dev/null | grep -qxF "$1"; }
# Starts the app with the arguments after the title and waits for its window and for the process that draws its page.
shows() {
    title=$1
    shift
    slipway "$@" >/tmp/slipway.out 2>&1 &
    app=$!
    if ! await titled "$title" || ! await drawn; then
        cat /tmp/slipway.out
        xdotool search --onlyvisible --name . getwindowname %@ || true
        fail "no window with the title $title, or no WebKit in it"
    fi
    kill -0 "$app" || fail 'it ended by itself'
    printf 'The window "%s" is there, and WebKit runs in it.\n' "$title"
    kill "$app"
    wait "$app" 2>/dev/null || true
}

say 'What the .deb says of itself'
apt-get update -qq
dpkg-deb --info /slipway.deb
dpkg-deb --contents /slipway.deb

say 'Installing the .deb, with what it depends on and nothing else'
[ -z "$(left)" ] || fail "there already: $(left)"
apt-get install -qq --yes --no-install-recommends /slipway.deb >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }
dpkg-query --show --showformat='${Package} ${Version} ${Status}\n' slipway
starts

say 'The menu entry and its icon'
apt-get install -qq --yes --no-install-recommends xvfb xdotool desktop-file-utils fonts-dejavu-core rpm \
    >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }
entry=$(dpkg -L slipway | grep '^/usr/share/applications/.*\.desktop$')
cat "$entry"
desktop-file-validate "$entry"
icon=$(sed -n 's/^Icon=//p' "$entry")
dpkg -L slipway | grep "/usr/share/icons/hicolor/.*/apps/$icon\.png$" || fail 'the menu entry has no icon'

say 'Starting it'
Xvfb :7 -screen 0 1280x1024x24 -nolisten tcp >/tmp/xvfb.out 2>&1 &
export DISPLAY=:7 WEBKIT_DISABLE_DMABUF_RENDERER=1
await test -S /tmp/.X11-unix/X7 || fail 'Xvfb did not start'
shows 'Slipway'
shows 'Slipway – practice' --practice

say 'Uninstalling the .deb'
apt-get purge -qq --yes slipway >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }
[ -z "$(left)" ] || fail "left behind: $(left)"
echo 'Nothing of the package is left. The data folder belongs to the person and stays:'
find "$HOME" -ipath '*slipway*' -type d

say 'What the .rpm says of itself'
rpm -qpi /slipway.rpm
rpm -qpl /slipway.rpm
rpm -qpR /slipway.rpm
[ "$(rpm -qp --queryformat '%{version} %{license}' /slipway.rpm)" = "$version MIT" ] || fail 'its version or licence'
for needed in libgtk-3.so.0 libwebkit2gtk-4.1.so.0; do
    rpm -qpR /slipway.rpm | grep -qxF "$needed()(64bit)" || fail "it does not ask for $needed"
done

say 'Installing, starting and uninstalling the .rpm, with the libraries that apt brought'
rpm --install --nodeps /slipway.rpm
starts
shows 'Slipway'
rpm --erase slipway
[ -z "$(left)" ] || fail "left behind: $(left)"
echo 'Nothing of the package is left.'
