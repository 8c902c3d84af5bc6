# shellcheck shell=bash
# What the lab needs from the machine.

# command:package
lab_tools=(mmdebstrap:mmdebstrap ip:iproute2 unshare:util-linux nsenter:util-linux flock:util-linux
  ssh-keygen:openssh-client ssh:openssh-client cc:gcc find:findutils awk:mawk)

missing_tools() {
  local tool
  for tool in "${lab_tools[@]}"; do
    command -v "${tool%%:*}" >/dev/null || echo "${tool#*:}"
  done | sort -u
}

need_tools() {
  local missing
  missing=$(missing_tools | sed '/^gcc$/d' | tr '\n' ' ')
  [ -z "$missing" ] || die "missing here: ${missing% }; 'lab setup' installs it"
}

lab_doctor() {
  local failed=0 package
  verdict() {
    if eval "$2"; then echo "ok       $1"; else echo "MISSING  $1${3:+: $3}" && failed=1; fi
  }
  verdict "root" '[ "$(id -u)" = 0 ]' "namespaces and mounts need it"
  verdict "overlayfs" 'grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null'
  verdict "cgroup2, mounted" 'grep -q " cgroup2 " /proc/mounts'
  verdict "cgroup.kill" 'dpkg --compare-versions "$(uname -r)" ge 5.14' "it came with Linux 5.14"
  verdict "/dev/net/tun" '[ -c /dev/net/tun ]' "only for 'lab netem'"
  verdict "namespaces" 'unshare --mount --uts --ipc --net --pid --cgroup --fork true 2>/dev/null'
  for package in $(missing_tools); do verdict "package $package" false "'lab setup' installs it"; done
  return "$failed"
}

lab_setup() {
  need_root
  local missing
  missing=$(missing_tools)
  if [ -n "$missing" ]; then
    apt-get update -qq
    # shellcheck disable=SC2086 # a list of packages
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
  fi
  lab_doctor
}
