import Foundation
import Scripts
import Testing

@testable import Hosts

@Suite struct AtEndTests {
  private static let setsid = ["/usr/bin/setsid", "/bin/setsid"].first(where: FileManager.default.isExecutableFile)

  /// Starts the script `$1` in a group of its own, hangs up on it and ends it in the same breath, and that forty times; prints how
  /// often its folder has stayed. The rest of the arguments is the shell.
  private static let driver = #"""
    text=$1; shift
    stayed=0; round=0
    while [ "$round" -lt 40 ]; do
      d=$HOME/$round; export d
      setsid "$@" -c "$text" >/dev/null 2>&1 &
      p=$!
      until [ -e "$d/up" ]; do :; done
      kill -HUP "-$p"; kill -TERM "-$p"
      wait "$p"
      [ ! -d "$d" ] || stayed=$((stayed + 1))
      round=$((round + 1))
    done
    echo "$stayed"

    """#

  /// - Parameter commands: of sh, for the end of a script.
  private static func atEnd(_ commands: String) -> String {
    ShellScripts.composed(". lib/at-end.sh\nclean_up() { \(commands); }\nat_end\n")
  }

  @Test("two signals at once leave nothing", .enabled(if: setsid != nil), arguments: ShellHost.shells)
  func signals(shell: [String]) async throws {
    let pi = try ShellHost()
    let text = "mkdir \"$d\"\n" + Self.atEnd(#"rm -rf "$d""#) + ": >\"$d/up\"\nwhile :; do sleep 0.01; done\n"
    let output = try await pi.reader.query(Script("driver", Self.driver, [text] + shell))
    #expect(output.text == "0")
  }

  @Test("the end of a script is one, and its status stays", arguments: ShellHost.shells, ["exit 7", "(exit 7)"])
  func status(shell: [String], last: String) async throws {
    let pi = try ShellHost(shell: shell)
    let output = try await pi.reader.query(Script("end", Self.atEnd("echo gone") + last + "\n"))
    #expect(output == Output(status: 7, stdout: Array("gone\n".utf8)))
  }

  @Test("what was given up is not done", arguments: ShellHost.shells)
  func nothing(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let output = try await pi.reader.query(Script("end", Self.atEnd("echo gone") + "not_at_end\necho here\n"))
    #expect(output == Output(stdout: Array("here\n".utf8)))
  }
}
