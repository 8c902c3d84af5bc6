extension FreshLogin {
  /// The same proof made from another host: a script for that host, whose output ``outcome(of:nonce:target:)`` reads.
  ///
  /// It uses that host's `known_hosts` and no agent.
  ///
  /// - Parameters:
  ///   - keyPath: the private key over there; `~` is not expanded.
  ///   - nonce: a word that nobody can guess, letters and digits only.
  public static func script(to target: Target, keyPath: String, nonce: String) -> Script {
    let options = options(keepsAgent: false) + ["ConnectTimeout=15"]
    let arguments = [
      keyPath, target.host, target.user ?? "", target.port.map(String.init) ?? "",
      command(answering: nonce),
    ]
    return Script("log in with one key", text, arguments + options, timeout: .seconds(45))
  }

  private static let text = #"""
    key=$1 host=$2 user=$3 port=$4 command=$5
    shift 5
    command -v ssh >/dev/null 2>&1 || exit 127
    count=$#
    while [ "$count" -gt 0 ]; do
      set -- "$@" -o "$1"
      shift
      count=$((count - 1))
    done
    [ -z "$user" ] || set -- "$@" -l "$user"
    [ -z "$port" ] || set -- "$@" -p "$port"
    exec ssh -v -T "$@" -i "$key" -- "$host" "$command"
    """#

  /// Reads what ``script(to:keyPath:nonce:)`` left behind.
  public static func outcome(of output: Output, nonce: String, target: Target) -> Outcome {
    var end = ShellEnd(hadBegun: false, noise: output.text)
    if output.status == 127 { end.startFailure = "that host has no ssh" } else { end.status = output.status }
    return outcome(
      end, printed: output.stdout, logBytes: output.stderr, nonce: nonce, target: target.description)
  }

  /// A nonce for ``script(to:keyPath:nonce:)``.
  public static func nonce() -> String { FrameMark.randomWord() }
}
