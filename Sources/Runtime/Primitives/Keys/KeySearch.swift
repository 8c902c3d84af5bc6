import Formats
import Hosts

/// Looks at key pairs of a host in one round trip. Of private halves only status, whether they are protected, and what
/// `ssh-keygen` says of their public part are seen.
struct KeySearch: Sendable {
  /// The folder whose `id_*` are looked at.
  var folder: String
  /// Look at this one key only.
  var only: String?

  /// What a look came to.
  struct Found: Sendable, Hashable {
    var hasTool = false
    /// The keys that an agent holds; `nil` where none answers.
    var agent: [PublicKey]?
    var candidates: [KeyCandidate] = []

    func holds(_ key: PublicKey) -> Bool { agent?.contains { $0.blob == key.blob } ?? false }
  }

  var script: Script {
    Script("keygen: look", Self.functions + Self.text, [folder, only ?? ""])
  }

  /// `one PATH`: what can be seen of one pair. A protected key of OpenSSH's own format tells its fingerprint without the
  /// passphrase; a link beside no `.pub` is needed, since `ssh-keygen -l` would rather read that.
  static let functions = #"""
    one() {
      printf 'key %s\n' "$1"
      s=$(ls -ldnL "$1" 2>/dev/null) && printf 'private %s\n' "$s"
      if [ -f "$1.pub" ]; then head -n 4 <"$1.pub" | head -c 20000 | sed 's/^/public /'; echo
      elif [ -e "$1.pub" ] || [ -L "$1.pub" ]; then echo 'public (not a file)'
      fi
      [ -f "$1" ] || return 0
      if [ ! -r "$1" ]; then echo denied; return 0; fi
      if y=$(ssh-keygen -y -P '' -f "$1" 2>&1 </dev/null); then
        printf '%s\n' "$y" | sed 's/^/plain /'
        return 0
      fi
      printf '%s\n' "$y" | sed 's/^/why /'
      case $y in *passphrase*) ;; *) return 0 ;; esac
      d=$(mktemp -d 2>/dev/null) || return 0
      ln -s "$1" "$d/key" && y=$(ssh-keygen -lf "$d/key" 2>/dev/null </dev/null) && printf 'locked %s\n' "$y"
      rm -rf "$d"
    }

    """#

  private static let text = #"""
    if command -v ssh-keygen >/dev/null 2>&1; then echo tool; fi
    if [ -n "${SSH_AUTH_SOCK:-}" ] && command -v ssh-add >/dev/null 2>&1; then
      a=$(ssh-add -L 2>/dev/null </dev/null); r=$?
      if [ "$r" -lt 2 ]; then echo agent; printf '%s\n' "$a" | sed 's/^/agent /'; fi
    fi
    if [ -n "$2" ]; then one "$2"; exit 0; fi
    for f in "$1"/id_*; do
      case $f in
        *-cert.pub) ;;
        *.pub) if [ ! -e "${f%.pub}" ]; then one "${f%.pub}"; fi ;;
        *) if [ -f "$f" ]; then one "$f"; fi ;;
      esac
    done

    """#

  func callAsFunction(_ reader: Reader) async throws -> Found {
    Self.parse(try await reader.query(script).text)
  }

  static func parse(_ text: String) -> Found {
    var found = Found()
    // ssh-keygen ends its messages with CR LF, which is one character to Swift, and not "\n".
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let value = words.count > 1 ? words[1] : ""
      switch words[0] {
      case "tool": found.hasTool = true
      case "agent":
        found.agent = found.agent ?? []
        if let key = try? PublicKey(value) { found.agent?.append(key) }
      case "key": found.candidates.append(KeyCandidate(path: value))
      default:
        guard let last = found.candidates.indices.last else { continue }
        found.candidates[last].read(words[0], value)
      }
    }
    return found
  }
}
