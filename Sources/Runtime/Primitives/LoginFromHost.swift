/// A login that one host makes at another, with the options that let nothing but the key in.
struct LoginFromHost {
  /// `$1` key, `$2` a number used once, `$3` host, `$4` port, `$5` user. Standard error is ssh's log.
  ///
  /// A live control socket would answer without any login, an agent would offer other keys, and a known_hosts that
  /// learns by itself would trust the network.
  static let script = #"""
    LC_ALL=C; export LC_ALL
    command -v ssh >/dev/null 2>&1 || { echo 'ssh: not found' >&2; exit 127; }
    exec ssh -v -n -T -i "$1" -p "$4" -l "$5" \
      -o BatchMode=yes -o PreferredAuthentications=publickey -o PubkeyAuthentication=yes \
      -o PasswordAuthentication=no -o KbdInteractiveAuthentication=no -o NumberOfPasswordPrompts=0 \
      -o IdentitiesOnly=yes -o ControlMaster=no -o ControlPath=none -o StrictHostKeyChecking=yes \
      -o ConnectTimeout=10 -o ForwardAgent=no -o ClearAllForwardings=yes -- "$3" "echo $2"

    """#

  let log: SSHClientLog
  let isIn: Bool
  let output: Output

  init(_ output: Output, nonce: String) {
    self.output = output
    log = SSHClientLog(output.stderr)
    isIn = output.text.contains(nonce)
  }

  var refusedKeys: [String] {
    let accepted = Set(log.accepted.map(\.fingerprint))
    return log.offered.map(\.fingerprint).filter { !accepted.contains($0) }
  }

  /// What went wrong before a key was offered, or after it was accepted; `nil` where the server judged the key.
  func diagnosis(_ target: Target, client: Host) -> Diagnosis? {
    let slots = HostError.slots(target)
    if log.isAuthenticated {
      return HostError.noShell(status: output.status, text: output.text + "\n" + output.errorTail).diagnosis(
        target: target)
    }
    guard log.offered.isEmpty,
      let found = Cause.recognized(in: output.lines, among: Cause.hostKeys + Cause.network)
    else { return nil }
    var diagnosis = Diagnosis(found.cause, slots, seen: log.messages)
    if found.cause == .hostKeyUnknown {
      diagnosis.explanation = "\(client.name) never met \(target.host), so its known_hosts has no key of it"
      diagnosis.fix = ["in a recipe: \(client.role):trust_host(…), before verify_login"]
    }
    return diagnosis
  }
}

extension Output {
  fileprivate var lines: [String] { errorText.split(whereSeparator: \.isNewline).map(String.init) }

  /// Standard error without ssh's debug lines.
  fileprivate var errorTail: String {
    lines.filter { !$0.hasPrefix("debug") && !$0.hasPrefix("OpenSSH_") && !$0.hasPrefix("Authenticated to") }
      .filter { !$0.hasPrefix("Transferred:") && !$0.hasPrefix("Bytes per second:") }.joined(separator: "\n")
  }
}
