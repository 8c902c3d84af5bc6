import Contract
import Diagnosis
import Hosts

/// A socket of systemd that listens in sshd's place (`ssh.socket`): there `Port` and `ListenAddress` say nothing by
/// themselves.
///
/// Ubuntu from 22.10, where 24.04 brought a generator that makes the socket's addresses from sshd_config; Debian and
/// Fedora where somebody switched it on.
struct SSHDSocket: Sendable {
  let context: PrimitiveContext
  let sshd: SSHDReader

  init(_ context: PrimitiveContext, sshd: SSHDReader) {
    self.context = context
    self.sshd = sshd
  }

  /// - Throws: ``Failure`` at the gate `edit` where new addresses would be of no effect, because the socket has its own.
  ///   Where it is made from sshd_config, the platform's `reload` makes it anew.
  func check() async throws {
    guard sshd.facts.commands["systemctl"] != nil else { return }
    let output = try await context.reader.query(Script("ssh.socket", Self.look), as: sshd.rootAccount)
    let words = output.text.split(separator: " ").map(String.init)
    guard words.count > 1, words[0] == "own" else { return }
    throw Failure(
      .refused, "systemd listens in sshd's place here, so the option would be of no effect",
      explanation: "\(words[1]) is active, and takes its addresses from its own unit, not from sshd_config",
      fix: [
        "sudo systemctl edit \(words[1]), with [Socket], an empty ListenStream= and ListenStream=PORT; "
          + "then sudo systemctl daemon-reload && sudo systemctl restart \(words[1])",
        "let sshd listen itself: sudo systemctl disable --now \(words[1]) && sudo systemctl enable --now ssh.service",
      ], paths: Array(words.dropFirst(2))
    ).at(.edit)
  }

  /// Prints `generated UNIT`, or `own UNIT PATH…` with the files that name its addresses; nothing where sshd itself listens.
  static let look = #"""
    [ -d /run/systemd/system ] || exit 0
    for unit in ssh.socket sshd.socket; do
      systemctl -q is-active "$unit" 2>/dev/null || continue
      own=$(grep -l '^ListenStream=.' "/etc/systemd/system/$unit" "/etc/systemd/system/$unit.d"/*.conf \
        "/run/systemd/system/$unit.d"/*.conf 2>/dev/null | tr '\n' ' ')
      for d in /etc /usr/local/lib /usr/lib /lib; do
        if [ -z "$own" ] && [ -x "$d/systemd/system-generators/sshd-socket-generator" ]; then
          printf 'generated %s\n' "$unit"
          exit 0
        fi
      done
      printf 'own %s %s\n' "$unit" "${own:-$(systemctl show -p FragmentPath "$unit" | sed 's/.*=//')}"
      exit 0
    done

    """#
}
