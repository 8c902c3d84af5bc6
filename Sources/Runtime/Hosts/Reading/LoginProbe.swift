/// The first script of every login: everything that recipes usually ask first, in the one round trip that is needed anyway.
package enum LoginProbe {
  /// Prints records `KEY VALUE`, then files as ``FileProbe`` does.
  static func script(markers: [String], commands: [String]) -> Script {
    let marks = Array(Set(markers)).sorted()
    let names = Array(Set(commands + ["sudo", "doas", "su", "sshd", "systemctl"])).sorted()
    return Script(
      "greeting", text + watchdogs + FileProbe.functions + tail,
      [String(marks.count)] + marks + [String(names.count)] + names)
  }

  private static let text = #"""
    LC_ALL=C; export LC_ALL
    printf 'user %s\nuid %s\nsystem %s\nname %s\n' "$(id -un)" "$(id -u)" "$(uname -s)" "$(uname -n)"
    printf 'home %s\nphysical %s\nshell %s\n' "$HOME" "$(cd "$HOME" 2>/dev/null && pwd -P)" "${SHELL:-}"
    printf 'connection %s\n' "${SSH_CONNECTION:-}"
    n=$1; shift
    while [ "$n" -gt 0 ]; do
      if [ -f "$1" ] && [ -r "$1" ]; then
        printf 'marker %s\n' "$1"
        head -c 4096 <"$1" 2>/dev/null | sed 's/^/| /'
        echo
      elif [ -e "$1" ]; then printf 'marker %s\n' "$1"
      fi
      n=$((n - 1)); shift
    done
    n=$1; shift
    while [ "$n" -gt 0 ]; do
      p=$(command -v "$1" 2>/dev/null) && printf 'command %s %s\n' "$1" "$p"
      n=$((n - 1)); shift
    done

    """#

  /// `at_work FOLDER`: whether the process of a watchdog is there, of any account.
  package static let watchdogAtWork = #"""
    at_work() {
      case $({ cat /proc/[0-9]*/cmdline || ps -axo args; } 2>/dev/null | tr '\000' ' ') in *"$1/watch "*) ;; *) return 1 ;; esac
    }

    """#

  /// Watchdogs at work that are not this run's: it has armed none yet.
  private static let watchdogs =
    watchdogAtWork + #"""
      for d in "$HOME"/.ssh-recipes.* /etc/ssh/.ssh-recipes.* /etc/.ssh-recipes.* /tmp/.ssh-recipes.*; do
        if [ -L "$d" ] || [ ! -d "$d" ] || ! at_work "$d"; then continue; fi
        if [ -O "$d" ]; then printf 'watchdog own %s\n' "$d"; else printf 'watchdog other %s\n' "$d"; fi
      done

      """#

  private static let tail = #"""

    echo files
    look 65536 "$HOME" "$HOME/.ssh" "$HOME/.ssh/authorized_keys"

    """#

  /// Reads what the script printed.
  static func parse(_ output: [UInt8]) -> (facts: Facts, files: [String: FileState]) {
    var facts = Facts()
    let mark = Array("\nfiles\n".utf8)
    let split = output.firstRange(of: mark)
    let head = output[..<(split?.lowerBound ?? output.endIndex)]
    var marker: String?
    for line in String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline) {
      if line.hasPrefix("| "), let marker {
        facts.markers[marker, default: ""] += line.dropFirst(2) + "\n"
        continue
      }
      let words = line.split(separator: " ", maxSplits: 1)
      guard let key = words.first else { continue }
      let value = words.count > 1 ? String(words[1]) : ""
      switch key {
      case "user": facts.user = value
      case "uid": facts.userID = Int(value) ?? -1
      case "system": facts.system = value
      case "name": facts.hostName = value
      case "connection": facts.connection = value
      case "home": facts.home = value
      case "physical": facts.physicalHome = value
      case "shell": facts.shell = value
      case "watchdog":
        let parts = value.split(separator: " ", maxSplits: 1)
        if parts.count == 2 { facts.watchdogs.append(.init(folder: String(parts[1]), isOwn: parts[0] == "own")) }
      case "marker":
        marker = value
        facts.markers[value] = ""
      case "command":
        let parts = value.split(separator: " ", maxSplits: 1)
        if parts.count == 2 { facts.commands[String(parts[0])] = String(parts[1]) }
      default: break
      }
    }
    let files = split.map { FileProbe.parse(output[$0.upperBound...]) } ?? [:]
    return (facts, files)
  }
}
