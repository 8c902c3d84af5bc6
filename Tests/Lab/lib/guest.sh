# shellcheck shell=bash
# The first process in a host's namespaces: lays out its file system and its network, then becomes its pid 1.
# Arguments: the host's folder, the client's network namespace, the name of the bridge's port.
set -euo pipefail
dir=$1 netns=$2 port=$3
root=$dir/root

# /proc is still the machine's own: this is our pid as the machine sees it.
read -r pid _ </proc/self/stat

cat "$dir/upper/etc/hostname" >/proc/sys/kernel/hostname
# The same MAC after every start: a client that remembers it must reach the host at once.
ip -batch - <<END
link add eth0 address $(<"$dir/mac") type veth peer name $port netns $netns
address add $(<"$dir/address")/22 dev eth0
link set lo up
link set eth0 up
END
ip -n "$netns" -batch - <<END
link set $port master hosts
link set $port up
END

# No system keeps /tmp when it starts again.
[ ! -d "$dir/upper/tmp" ] || find "$dir/upper/tmp" -mindepth 1 -delete
mount -t overlay -o "lowerdir=$(<"$dir/lower"),upperdir=$dir/upper,workdir=$dir/work" overlay "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
# A host must not be able to tune or reboot the machine under it.
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
[ ! -e "$root/proc/sysrq-trigger" ] || mount --bind /dev/null "$root/proc/sysrq-trigger"
cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s null "$root/dev/console"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"

echo "$pid" >"$dir/pid"
init=$(<"$dir/init")
cd "$root"
pivot_root . mnt
umount -l /mnt
# shellcheck disable=SC2086 # a command line
exec $init </dev/null >/dev/null 2>&1
